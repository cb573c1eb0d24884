namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Finds cycles by depth-first search without recursion, so that long chains cost no stack.</summary>
internal static class CycleSearch
{
    private const int Most = 20;

    /// <summary>Step indexes of each cycle found, in the order the steps would run; at most twenty. Edges of a step to itself are left out.</summary>
    public static List<int[]> Find(WorkflowGraph graph)
    {
        var cycles = new List<int[]>();
        var count = graph.Steps.Count;
        var done = new bool[count];
        var depth = new int[count];
        Array.Fill(depth, -1);
        var path = new List<int>();
        var next = new Stack<int>();
        for (var start = 0; start < count && cycles.Count < Most; start++)
        {
            if (done[start]) continue;
            Push(start);
            while (path.Count > 0)
            {
                var step = path[^1];
                var position = next.Pop();
                var followers = graph.Followers(step);
                if (position == followers.Count || cycles.Count == Most)
                {
                    done[step] = true;
                    depth[step] = -1;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                next.Push(position + 1);
                var follower = followers[position];
                if (follower == step || done[follower]) continue;
                if (depth[follower] < 0) Push(follower);
                else cycles.Add([.. path.Skip(depth[follower])]);
            }
        }

        return cycles;

        void Push(int step)
        {
            depth[step] = path.Count;
            path.Add(step);
            next.Push(0);
        }
    }
}
