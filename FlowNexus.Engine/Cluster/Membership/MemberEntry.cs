using System.Globalization;
using System.Text.Json;

namespace FlowNexus.Engine.Cluster.Membership;

/// <summary>What Orleans keeps of a member beside its status and its sign of life, as JSON.</summary>
internal sealed record MemberEntry(string HostName, string SiloName, int ProxyPort, DateTime StartTime, IReadOnlyList<string> Suspects)
{
    private const char Separator = '|';

    public static string Write(MembershipEntry entry) => JsonSerializer.Serialize(new MemberEntry(
        entry.HostName ?? "",
        entry.SiloName ?? "",
        entry.ProxyPort,
        entry.StartTime,
        [.. (entry.SuspectTimes ?? []).Select(vote => $"{vote.Item1.ToParsableString()}{Separator}{vote.Item2.Ticks.ToString(CultureInfo.InvariantCulture)}")]));

    public static MembershipEntry Read(string id, int status, string json, long aliveAt)
    {
        var entry = JsonSerializer.Deserialize<MemberEntry>(json)!;
        return new MembershipEntry
        {
            SiloAddress = SiloAddress.FromParsableString(id),
            Status = (SiloStatus)status,
            HostName = entry.HostName,
            SiloName = entry.SiloName,
            ProxyPort = entry.ProxyPort,
            StartTime = entry.StartTime,
            IAmAliveTime = new DateTime(aliveAt, DateTimeKind.Utc),
            SuspectTimes = [.. entry.Suspects.Select(Vote)],
        };
    }

    private static Tuple<SiloAddress, DateTime> Vote(string text)
    {
        var at = text.LastIndexOf(Separator);
        return Tuple.Create(SiloAddress.FromParsableString(text[..at]), new DateTime(long.Parse(text[(at + 1)..], CultureInfo.InvariantCulture), DateTimeKind.Utc));
    }
}
