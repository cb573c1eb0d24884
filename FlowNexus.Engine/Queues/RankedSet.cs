namespace FlowNexus.Engine.Queues;

/// <summary>
/// Distinct items in order that know how many come before one of them; everything in O(log n). A treap whose shape
/// follows from the order of insertions, so the same operations always give the same tree.
/// </summary>
internal sealed class RankedSet<T>(IComparer<T> order)
{
    private Node? _root;
    private ulong _seed;

    public int Count => Size(_root);

    public T First
    {
        get
        {
            var node = _root ?? throw new InvalidOperationException("The set is empty.");
            while (node.Left is not null) node = node.Left;
            return node.Item;
        }
    }

    public void Add(T item)
    {
        var (below, rest) = Split(_root, item);
        _root = Merge(Merge(below, new Node(item, NextWeight())), rest);
    }

    /// <returns>False when it was not there.</returns>
    public bool Remove(T item)
    {
        var before = Count;
        _root = Without(_root, item);
        return Count < before;
    }

    /// <summary>How many come before it, whether it is in the set or not.</summary>
    public int CountBefore(T item)
    {
        var count = 0;
        for (var node = _root; node is not null;)
        {
            if (order.Compare(node.Item, item) < 0)
            {
                count += Size(node.Left) + 1;
                node = node.Right;
            }
            else
            {
                node = node.Left;
            }
        }

        return count;
    }

    public IEnumerable<T> InOrder()
    {
        var open = new Stack<Node>();
        var node = _root;
        while (node is not null || open.Count > 0)
        {
            for (; node is not null; node = node.Left) open.Push(node);
            node = open.Pop();
            yield return node.Item;
            node = node.Right;
        }
    }

    private (Node? Below, Node? Others) Split(Node? node, T item)
    {
        if (node is null) return (null, null);
        if (order.Compare(node.Item, item) < 0)
        {
            (node.Right, var rest) = Split(node.Right, item);
            return (Sized(node), rest);
        }

        (var below, node.Left) = Split(node.Left, item);
        return (below, Sized(node));
    }

    private Node? Without(Node? node, T item)
    {
        if (node is null) return null;
        var side = order.Compare(item, node.Item);
        if (side == 0) return Merge(node.Left, node.Right);
        if (side < 0) node.Left = Without(node.Left, item);
        else node.Right = Without(node.Right, item);
        return Sized(node);
    }

    private static Node? Merge(Node? left, Node? right)
    {
        if (left is null) return right;
        if (right is null) return left;
        if (left.Weight > right.Weight)
        {
            left.Right = Merge(left.Right, right);
            return Sized(left);
        }

        right.Left = Merge(left, right.Left);
        return Sized(right);
    }

    private static Node Sized(Node node)
    {
        node.Size = Size(node.Left) + Size(node.Right) + 1;
        return node;
    }

    private static int Size(Node? node) => node?.Size ?? 0;

    /// <summary>SplitMix64: well spread, and the same every time.</summary>
    private ulong NextWeight()
    {
        var z = _seed += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private sealed class Node(T item, ulong weight)
    {
        public T Item { get; } = item;

        public ulong Weight { get; } = weight;

        public int Size { get; set; } = 1;

        public Node? Left { get; set; }

        public Node? Right { get; set; }
    }
}
