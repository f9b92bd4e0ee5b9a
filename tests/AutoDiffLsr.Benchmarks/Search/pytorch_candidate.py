"""One candidate of a search for losses in PyTorch: 250 steps of local search through one step of training, then a training of 500 steps.

The same work as AutoDiffLsr's own, written as its users would: functional calls, autograd.grad(create_graph=True), Adam on one weight an edge of the
formula, stochastic gradient descent with Nesterov's momentum. One thread. Prints seconds as JSON: best wall time and best CPU time of the rounds.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F

ROWS, HELD, FEATURES, HIDDEN, BATCH = 265, 88, 10, 64, 128
META_STEPS, STEPS, RATE, MOMENTUM, DECAY = 250, 500, 0.01, 0.9, 5e-4


def squared(y, f, w):
    return torch.square(w[0] * (w[1] * y - w[2] * f))


def mixed(y, f, w):
    """tanh(log(y)*f) - sqrt(y - f) + (y - f)^2, with a weight an edge."""
    def magnitude(x):
        return torch.clamp(torch.abs(x), min=1e-7)

    first = torch.tanh(w[2] * (w[3] * torch.log(magnitude(w[4] * y)) * (w[5] * f)))
    second = torch.sqrt(magnitude(w[7] * (w[8] * y - w[9] * f)))
    third = torch.square(w[11] * (w[12] * y - w[13] * f))
    return w[0] * (w[1] * first - w[6] * second) + w[10] * third


FORMULAS = {"(y - f)^2": (squared, 3), "tanh(log(y)*f) - sqrt(y - f) + (y - f)^2": (mixed, 14)}


def make_net():
    return torch.nn.Sequential(
        torch.nn.Linear(FEATURES, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, 1))


def forward(p, x):
    return F.linear(torch.relu(F.linear(torch.relu(F.linear(x, p[0], p[1])), p[2], p[3])), p[4], p[5])


def candidate(formula, count, x, y, held_x, held_y):
    weights = [torch.full((), 1.0 + 0.001 * i, requires_grad=True) for i in range(count)]
    adam = torch.optim.Adam(weights, lr=1e-3)
    for _ in range(META_STEPS):
        p = list(make_net().parameters())
        rows, held = torch.randperm(len(x))[:BATCH], torch.randperm(len(held_x))[:BATCH]
        loss = formula(y[rows], forward(p, x[rows]), weights).mean()
        gradients = torch.autograd.grad(loss, p, create_graph=True)
        moved = [v - RATE * (1 + MOMENTUM) * (g + DECAY * v) for v, g in zip(p, gradients)]
        task = F.mse_loss(forward(moved, held_x[held]), held_y[held])
        adam.zero_grad()
        for w, g in zip(weights, torch.autograd.grad(task, weights)):
            w.grad = g
        adam.step()

    fixed = [w.item() for w in weights]
    net = make_net()
    descent = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM, nesterov=True, weight_decay=DECAY)
    for _ in range(STEPS):
        rows = torch.randperm(len(x))[:BATCH]
        loss = formula(y[rows], net(x[rows]), fixed).mean()
        descent.zero_grad()
        loss.backward()
        descent.step()


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    x, held_x = torch.randn(ROWS, FEATURES), torch.randn(HELD, FEATURES)
    y, held_y = torch.sin(x[:, :1]), torch.sin(held_x[:, :1])
    formula, count = FORMULAS[sys.argv[1]]
    wall, cpu = [], []
    for _ in range(int(sys.argv[2])):
        start, start_cpu = time.perf_counter(), time.process_time()
        candidate(formula, count, x, y, held_x, held_y)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    print(json.dumps({"torch": torch.__version__, "wall": min(wall), "cpu": min(cpu)}))


main()
