using System.Net;
using System.Net.Sockets;
using FlowNexus.Engine.Cluster.Membership;
using FlowNexus.Engine.Cluster.Routing;
using FlowNexus.Engine.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Placement;

namespace FlowNexus.Engine.Cluster;

/// <summary>Puts the node into the engine: alone, or one of several.</summary>
internal static class ClusterHosting
{
    private const string Name = "flownexus";

    /// <summary>Of queues and agents; Orleans would keep those of a million executions, each long ended.</summary>
    private const int AddressesKept = 10_000;

    /// <returns>Whether there are other nodes; then <see cref="Takeover"/> is to start after the engine.</returns>
    public static bool AddCluster(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ClusterOptions>().BindConfiguration(ClusterOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClusterOptions>, ClusterOptionsValidator>();
        services.AddSingleton<ThisNode>();
        services.AddSingleton<Nodes>();
        services.AddSingleton<QueueContents>();
        services.AddSingleton<QueueActivations>();
        services.AddSingleton<QueueGauge>();
        services.AddSingleton<GrainQueues>();
        services.AddSingleton<ExecutionInbox>();
        services.AddSingleton<ExecutionRouter>();
        services.AddSingleton<GetCluster>();
        services.Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = TimeSpan.FromSeconds(10));
        services.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = AddressesKept);
        services.AddKeyedSingleton<PlacementStrategy, OnItsNode>(nameof(OnItsNode));
        services.AddKeyedSingleton<IPlacementDirector, OnItsNodeDirector>(typeof(OnItsNode));

        // What a node that stops still answers takes as long as it drains, and a little more.
        services.AddOptions<HostOptions>().Configure<IOptions<EngineOptions>>((host, engine) => host.ShutdownTimeout = TimeSpan.FromSeconds(engine.Value.DrainSeconds + 30));

        var options = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        var connection = builder.Configuration[$"{EngineOptions.Section}:{nameof(EngineOptions.Database)}:{nameof(DatabaseOptions.ConnectionString)}"];

        // Settings that the validator refuses must not make Orleans fail first, with words of its own.
        if (!options.Enabled || string.IsNullOrWhiteSpace(connection) || !IPAddress.TryParse(options.Address, out var address))
        {
            builder.UseOrleans(AloneOnLoopback);
            return false;
        }

        services.AddSingleton<IMembershipTable, NodeTable>();
        services.AddSingleton<Lease>();
        services.AddSingleton<Takeover>();
        services.AddSingleton<ClusterFeed>();
        services.AddSingleton<Expulsion>();
        builder.UseOrleans(silo => AmongOthers(silo, address, options.Port == 0 ? FreePort(address) : options.Port));
        services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler>(provider => provider.GetRequiredService<Expulsion>()));
        services.AddHostedService<ClusterStart>();
        return true;
    }

    /// <summary>One silo that nobody else can join: a free port of the loopback interface, no gateway.</summary>
    private static void AloneOnLoopback(ISiloBuilder silo) => silo.UseLocalhostClustering(siloPort: FreePort(IPAddress.Loopback), gatewayPort: 0);

    private static void AmongOthers(ISiloBuilder silo, IPAddress address, int port)
    {
        silo.ConfigureEndpoints(address, port, gatewayPort: 0);
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(1);

            // A member that a whole cluster lost is passed over by those who join after so many of these.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedTableIAmAliveLimit = 3;
        });

        // Orleans would keep the queues of a node that is gone closed for as long as that node might still act. Ours cannot:
        // its sessions are ended, and what it might still try to commit fails at its fence.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
#pragma warning disable ORLEANSEXP003 // Experimental, and the only directory with one activation at a time while members come and go.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
