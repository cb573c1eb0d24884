namespace FlowNexus.Benchmarks;

/// <summary>There is nothing to report: the server did not start, an execution did not complete, one was lost.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
