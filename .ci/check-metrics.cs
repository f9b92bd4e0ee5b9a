#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
// Checks the metrics that a training left: dotnet run --file check-metrics.cs -- metrics.json
using System.Globalization;
using System.Text.Json;

if (!File.Exists(args[0]))
{
    Console.Error.WriteLine($"{args[0]} is missing");
    return 1;
}

using JsonDocument document = JsonDocument.Parse(File.ReadAllText(args[0]));
JsonElement metrics = document.RootElement;
int problems = 0;

Expect("data.name", value => value.GetString() == "digits");
Expect("data.train_samples", value => value.GetInt32() > 1000);
Expect("data.test_samples", value => value.GetInt32() > 1000);
Expect("data.features", value => value.GetInt32() == 784);
Expect("data.classes", value => value.GetInt32() == 10);
Expect("model.layers", value => value.GetArrayLength() == 3);
Expect("model.parameters", value => value.GetInt64() == 101_770);
Expect("loss", value => value.GetString() == "sparse-lsr");
Expect("smoothing", value => value.GetDouble() == 0.1);
Expect("optimizer", value => value.GetString()!.Length > 0);
Expect("epochs", value => value.GetInt32() >= 1);
Expect("batch_size", value => value.GetInt32() >= 1);
Expect("seed", value => value.GetInt64() == 1);
Expect("interrupted", value => !value.GetBoolean());
Expect("train.loss", value => double.IsFinite(value.GetDouble()));
Expect("train.accuracy", value => value.GetDouble() is > 0.97 and <= 1);
Expect("test.loss", value => double.IsFinite(value.GetDouble()));
Expect("test.accuracy", value => value.GetDouble() is > 0.97 and <= 1);
Expect("test.nll", value => value.GetDouble() is > 0 and < 0.5);
Expect("test.ece", value => value.GetDouble() is >= 0 and < 0.5);
Expect("seconds.load", value => value.GetDouble() >= 0);
Expect("seconds.train", value => value.GetDouble() > 0);
Expect("seconds.evaluate", value => value.GetDouble() > 0);
Expect("samples_per_second", value => value.GetDouble() > 0);
return problems == 0 ? 0 : 1;

void Expect(string path, Func<JsonElement, bool> isRight)
{
    JsonElement value = metrics;
    foreach (string name in path.Split('.'))
    {
        if (!value.TryGetProperty(name, out value))
        {
            Complain($"{path} is missing");
            return;
        }
    }

    if (!isRight(value))
        Complain(string.Create(CultureInfo.InvariantCulture, $"{path} is {value.GetRawText()}"));
}

void Complain(string problem)
{
    problems++;
    Console.Error.WriteLine($"{args[0]}: {problem}");
}
