"""PyTorch's side of the comparison. One command a line on stdin, one line of JSON on stdout.

versions            -> versions, threads and the core type of the BLAS
{"case": ..., ...}  -> makes the case ready and runs it once
time N              -> runs it N times; the seconds that all N took
Started as `pytorch_side.py mnist-race FOLDER THREADS` it trains MNIST to 97.5 % instead and says when it is there.
"""
import ctypes
import gzip
import json
import math
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def mlp(widths):
    layers = []
    for i in range(len(widths) - 1):
        if i > 0:
            layers.append(nn.ReLU())
        layers.append(nn.Linear(widths[i], widths[i + 1]))
    return nn.Sequential(*layers)


def optimizer_of(name, parameters):
    if name == "adam":
        return torch.optim.Adam(parameters, lr=1e-3)
    return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)


def step(case):
    widths, batch = case["widths"], case["batch"]
    model = mlp(widths)
    optimizer = optimizer_of(case["optimizer"], model.parameters())
    x = torch.randn(batch, widths[0])
    if widths[-1] == 1:
        loss, y = nn.MSELoss(), torch.randn(batch, 1)
    else:
        loss, y = nn.CrossEntropyLoss(), torch.arange(batch) % widths[-1]

    def run():
        optimizer.zero_grad(set_to_none=True)
        loss(model(x), y).backward()
        optimizer.step()

    return run


def sparse_lsr(logits, labels, smoothing=0.1):
    """Composed of PyTorch's operations as in the paper's repository, with the equation's sign."""
    classes = logits.shape[1]
    spread = smoothing * (classes - 1) / classes
    log_p = torch.gather(F.log_softmax(logits, dim=1), 1, labels.unsqueeze(1))
    rest = torch.clamp(1 - torch.exp(log_p), min=1e-7)
    return torch.mean(-((1 - spread) * log_p + spread * torch.log(rest / (classes - 1))))


def convolutional_step(case):
    nn, (channels, height, width) = torch.nn, case["image"]
    nets = {
        "lenet5": lambda: nn.Sequential(
            nn.Conv2d(channels, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
        "cnn": lambda: nn.Sequential(
            nn.Conv2d(channels, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
            nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10)),
        "alexnet": lambda: nn.Sequential(
            nn.Conv2d(channels, 64, 3, stride=2, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(64, 192, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(), nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(1024, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 10)),
    }
    torch.manual_seed(1)
    net = nets[case["net"]]()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    x, labels = torch.randn(case["batch"], channels, height, width), torch.arange(case["batch"]) % 10

    def run():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(net(x), labels).backward()
        optimizer.step()

    return run


def loss(case):
    rows, classes = case["rows"], case["classes"]
    logits = torch.randn(rows, classes, requires_grad=True)
    labels = torch.arange(rows) * 7919 % classes
    compute = {
        "ce": lambda: F.cross_entropy(logits, labels),
        "lsr": lambda: F.cross_entropy(logits, labels, label_smoothing=0.1),
        "sparse-lsr": lambda: sparse_lsr(logits, labels),
    }[case["loss"]]

    def run():
        logits.grad = None
        compute().backward()

    return run


def product(case):
    m, n, k = case["shape"]
    a, b, c = torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)
    return lambda: torch.mm(a, b, out=c)


def read_idx(folder, name):
    for path in (os.path.join(folder, name), os.path.join(folder, name.replace("-idx", ".idx"))):
        for opened, full in ((open, path), (gzip.open, path + ".gz")):
            if os.path.exists(full):
                with opened(full, "rb") as file:
                    return bytearray(file.read())
    raise FileNotFoundError(name)


def mnist(folder, part):
    images = torch.frombuffer(read_idx(folder, part + "-images-idx3-ubyte"), dtype=torch.uint8, offset=16)
    labels = torch.frombuffer(read_idx(folder, part + "-labels-idx1-ubyte"), dtype=torch.uint8, offset=8)
    return images.view(-1, 784).float() / 255, labels.long()


def epoch_on(x, y, model, optimizer):
    loss, batch = nn.CrossEntropyLoss(), 128

    def run():
        order = torch.randperm(len(x))
        for start in range(0, len(x), batch):
            rows = order[start:start + batch]
            optimizer.zero_grad(set_to_none=True)
            loss(model(x[rows]), y[rows]).backward()
            optimizer.step()

    return run


def epoch(case):
    x, y = mnist(case["folder"], "train")
    model = mlp([784, 128, 10])
    return epoch_on(x, y, model, optimizer_of("adam", model.parameters()))


def race(folder):
    torch.manual_seed(1)
    x, y = mnist(folder, "train")
    test_x, test_y = mnist(folder, "t10k")
    model = mlp([784, 128, 10])
    run = epoch_on(x, y, model, optimizer_of("adam", model.parameters()))
    for _ in range(30):
        run()
        with torch.no_grad():
            accuracy = (model(test_x).argmax(1) == test_y).float().mean().item()
        if accuracy >= 0.975:
            break
    print(json.dumps({"accuracy": accuracy}), flush=True)


def blas():
    with open("/proc/self/maps") as maps:
        paths = sorted({line.split()[-1] for line in maps if "openblas" in line.rsplit("/", 1)[-1]})
    for path in paths:
        library = ctypes.CDLL(path)
        library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
        return "OpenBLAS %s, core type %s, %d thread(s)" % (
            library.openblas_get_config().decode().split()[1], library.openblas_get_corename().decode(), library.openblas_get_num_threads())
    return "MKL" if torch.backends.mkl.is_available() else "not OpenBLAS or MKL: it may be the slow reference BLAS"


def blas_or_unknown():
    try:
        return blas()
    except OSError:
        return "MKL" if torch.backends.mkl.is_available() else "unknown"


def serve():
    run = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "versions":
            answer = {"torch": torch.__version__, "python": sys.version.split()[0], "blas": blas_or_unknown(), "threads": torch.get_num_threads()}
        elif words[0] == "time":
            start = time.perf_counter()
            for _ in range(int(words[1])):
                run()
            answer = {"seconds": time.perf_counter() - start}
        else:
            run = None
            case = json.loads(line)
            run = {"step": step, "convolutional step": convolutional_step, "loss": loss, "product": product, "epoch": epoch}[case["case"]](case)
            if case["case"] != "epoch":
                run()
            answer = {"ready": True}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("OPENBLAS_NUM_THREADS", "1")))
    race(sys.argv[2]) if sys.argv[1:2] == ["mnist-race"] else serve()
