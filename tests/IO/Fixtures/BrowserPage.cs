using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>A file in a tab of a <see cref="Browser"/>.</summary>
internal sealed class BrowserPage(Browser browser, string session)
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Addresses the page asked for, other than its file and data within it.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>What its scripts say or throw, and what the browser says of it.</summary>
    public ConcurrentQueue<string> Problems { get; } = [];

    /// <summary>Goes to the file and waits until it and its scripts are there.</summary>
    public async Task Load(string path, bool scripts, string scheme)
    {
        foreach (string domain in (string[])["Network", "Runtime", "Log", "Page"]) await Call(domain + ".enable", []);
        await Call("Emulation.setScriptExecutionDisabled", new() { ["value"] = !scripts });
        await Call("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) });
        await Call("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri });
        await _loaded.Task;
    }

    /// <summary>The value of a JavaScript expression in the page.</summary>
    public async Task<JsonElement> Evaluate(string expression)
    {
        JsonElement answer = await Call("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.False(answer.TryGetProperty("exceptionDetails", out JsonElement details), details.ToString());
        return answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>The texts that an expression lists.</summary>
    public async Task<string[]> Texts(string expression) => [.. (await Evaluate(expression)).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>The whole page as PNG.</summary>
    public async Task<byte[]> Picture() => Convert.FromBase64String((await Call("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true })).GetProperty("data").GetString()!);

    /// <summary>Takes an event of the protocol.</summary>
    public void Notice(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                string address = parameters.GetProperty("request").GetProperty("url").GetString()!;
                if (!address.StartsWith("file:", StringComparison.Ordinal) && !address.StartsWith("data:", StringComparison.Ordinal)) Requests.Enqueue(address);
                break;
            case "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled":
                Problems.Enqueue(parameters.ToString());
                break;
        }
    }

    private Task<JsonElement> Call(string method, JsonObject parameters) => browser.Call(session, method, parameters);
}
