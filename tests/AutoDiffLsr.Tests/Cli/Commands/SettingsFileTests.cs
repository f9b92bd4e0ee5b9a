using System.Text.Json;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_leaves_its_options_and_the_file_makes_the_same_run_again()
    {
        Run("train", "--data", "blobs", "--hidden", "5,4", "--epochs", "2", "--learning-rate", "0.05", "--nesterov", "--output", folder["a"], "--quiet");
        JsonElement config = JsonDocument.Parse(File.ReadAllText(folder["a/config.json"])).RootElement;
        Assert.Equal("train", config.GetProperty("command").GetString());
        Assert.Equal("{ \"data\": \"blobs\", \"hidden\": \"5,4\", \"epochs\": 2, \"learning-rate\": 0.05, \"nesterov\": true }", string.Join(' ', config.GetProperty("settings").GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Run("train", "--config", folder["a/config.json"], "--output", folder["b"]);
        Assert.Equal(ModelBytes.Of(folder["a/model.safetensors"]), ModelBytes.Of(folder["b/model.safetensors"]));
        Assert.Contains("settings: no difference", CommandLine.Run("diff", folder["a"], folder["b"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_goes_before_the_file_and_the_file_before_defaults()
    {
        File.WriteAllText(folder["c.json"], "{\"command\": \"train\", \"settings\": {\"data\": \"blobs\", \"hidden\": \"none\", \"epochs\": 2, \"seed\": 9, \"nesterov\": false, \"batch-size\": null}}");
        JsonElement json = CommandLine.Run("train", "--config", folder["c.json"], "--seed", "3", "--steps", "10", "--output", folder["a"], "--json", "-").Json();
        Assert.Equal(3, json.GetProperty("seed").GetInt64());
        Assert.Equal(1, json.GetProperty("epochs").GetInt32());
        Assert.Equal("blobs", json.GetProperty("data").GetProperty("name").GetString());
        Assert.Empty(json.GetProperty("model").GetProperty("hidden").EnumerateArray());
    }

    [Fact]
    public void A_required_option_may_stand_in_the_file()
    {
        File.WriteAllText(folder["c.json"], "{\"settings\": {\"data\": \"nowhere.csv\", \"population\": 2}}");
        Assert.Contains("nowhere.csv", CommandLine.Run("search", "--config", folder["c.json"], "--output", folder["a"]).Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no JSON (line 1)")]
    [InlineData("[]", "has no \"settings\"")]
    [InlineData("{\"command\": \"compare\", \"settings\": {}}", "is of the command compare, but this is train")]
    [InlineData("{\"settings\": {\"epoch\": 3}}", "has 'epoch', which train does not know (did you mean 'epochs'?)")]
    [InlineData("{\"settings\": {\"output\": \"x\"}}", "has 'output', which train does not know")]
    [InlineData("{\"settings\": {\"epochs\": {}}}", "has an object for 'epochs'")]
    [InlineData("{\"settings\": {\"epochs\": -1}}", "--epochs is '-1'")]
    public void Files_that_do_not_fit_are_refused(string text, string reason)
    {
        File.WriteAllText(folder["c.json"], text);
        Assert.Contains(reason, CommandLine.Run("train", "--config", folder["c.json"], "--output", folder["a"]).Refusal(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["a"]));
    }

    private static void Run(params string[] arguments)
    {
        CommandLine run = CommandLine.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
