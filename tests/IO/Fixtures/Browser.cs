using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Headless Chromium, spoken to over its DevTools protocol.</summary>
/// <remarks>A missing browser is a failure, never a skipped test.</remarks>
public sealed class Browser : IAsyncLifetime, IDisposable
{
    private const string Chromium = "/usr/bin/chromium", Announcement = "DevTools listening on ";

    private readonly TemporaryFolder _profile = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _answers = new();
    private readonly ConcurrentDictionary<string, BrowserPage> _pages = new();
    private Process? _process;
    private int _calls;

    /// <summary>Starts it.</summary>
    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing: run `make setup-test`");
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--remote-debugging-port=0", "--user-data-dir=" + _profile.FullName, "--window-size=1200,900", "about:blank",
        ];
        _process = Process.Start(new ProcessStartInfo(Chromium, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string? line;
        do line = await _process.StandardError.ReadLineAsync(_patience.Token);
        while (line is not null && !line.StartsWith(Announcement, StringComparison.Ordinal));
        Assert.True(line is not null, "Chromium ended before it listened");
        _ = _process.StandardError.ReadToEndAsync(_patience.Token);
        await _socket.ConnectAsync(new Uri(line![Announcement.Length..]), _patience.Token);
        _ = Listen();
    }

    /// <summary>Nothing: <see cref="Dispose"/> does it.</summary>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _patience.Cancel();
        if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
        _socket.Dispose();
        _patience.Dispose();
        _profile.Dispose();
    }

    /// <summary>Opens a file in a tab of its own.</summary>
    /// <param name="path">HTML.</param>
    /// <param name="scripts">Whether its scripts run.</param>
    /// <param name="scheme">The reader's choice: light or dark.</param>
    internal async Task<BrowserPage> Open(string path, bool scripts = true, string scheme = "light")
    {
        JsonElement target = await Call(null, "Target.createTarget", new() { ["url"] = "about:blank" });
        JsonElement attached = await Call(null, "Target.attachToTarget", new() { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true });
        string session = attached.GetProperty("sessionId").GetString()!;
        BrowserPage page = _pages[session] = new BrowserPage(this, session);
        await page.Load(path, scripts, scheme).WaitAsync(_patience.Token);
        return page;
    }

    /// <summary>Calls a method of the protocol, of one tab or of the browser.</summary>
    internal async Task<JsonElement> Call(string? session, string method, JsonObject parameters)
    {
        int id = Interlocked.Increment(ref _calls);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null) message["sessionId"] = session;
        TaskCompletionSource<JsonElement> answer = _answers[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, _patience.Token);
        return await answer.Task.WaitAsync(_patience.Token);
    }

    private async Task Listen()
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(), _patience.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return;
            Take(JsonDocument.Parse(message.ToArray()).RootElement);
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out JsonElement id))
        {
            if (!_answers.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? answer)) return;
            if (message.TryGetProperty("error", out JsonElement error)) answer.SetException(new InvalidOperationException(error.ToString()));
            else answer.SetResult(message.GetProperty("result"));
        }
        else if (message.TryGetProperty("sessionId", out JsonElement session) && _pages.TryGetValue(session.GetString()!, out BrowserPage? page))
        {
            page.Notice(message.GetProperty("method").GetString()!, message.GetProperty("params"));
        }
    }
}
