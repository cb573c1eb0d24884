using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FlowNexus.Tests.Kit.Network;

/// <summary>A network of its own on this machine with nothing but a loopback interface; only root can make one. Sockets made inside stay inside, whoever uses them.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int NewNetwork = 0x40000000;
    private const nuint SetInterfaceFlags = 0x8914;
    private const short UpAndRunning = 0x41;

    private readonly SafeFileHandle _handle;

    public NetworkNamespace() => _handle = OnThread(() =>
    {
        Demand(Unshare(NewNetwork));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var request = new byte[40];
        Encoding.ASCII.GetBytes("lo", request);
        BitConverter.TryWriteBytes(request.AsSpan(16), UpAndRunning);
        Demand(Control(socket.SafeHandle, SetInterfaceFlags, request));
        return File.OpenHandle("/proc/thread-self/ns/net");
    });

    /// <summary>What a command line begins with whose process is to live inside.</summary>
    public string[] Prefix => ["nsenter", string.Create(CultureInfo.InvariantCulture, $"--net=/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}"), "--"];

    public Socket Listen(int port) => OnThread(() =>
    {
        Demand(Enter(_handle, NewNetwork));
        return Sockets.Listen(port);
    });

    public Socket Connect(int port) => OnThread(() =>
    {
        Demand(Enter(_handle, NewNetwork));
        return Sockets.Connect(port);
    });

    /// <summary>For HTTP to a server inside.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = (context, _) => ValueTask.FromResult<Stream>(new NetworkStream(Connect(context.DnsEndPoint.Port), ownsSocket: true)),
    };

    public void Dispose() => _handle.Dispose();

    /// <summary>A thread belongs to one network; one of its own ends with what it was made for.</summary>
    private static T OnThread<T>(Func<T> work)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception wrong)
            {
                failure = wrong;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException($"In a network of its own: {failure.Message}", failure);
    }

    private static void Demand(int answer)
    {
        if (answer != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int Enter(SafeFileHandle network, int kind);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeSocketHandle socket, nuint request, [In] byte[] argument);
}

/// <summary>Loopback sockets of the network that the calling thread is in.</summary>
internal static class Sockets
{
    public static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen(512);
        return socket;
    }

    public static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static int FreePort()
    {
        using var socket = Listen(0);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
