"""PyTorch's answers to the questions of the tests beside this file: a JSON object a line in, a JSON object a line out, all in double.

Where PyTorch has a function it is called; what it lacks (SparseLSR, ACE, the operations by label) is written from its formula, as plainly as possible.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Shape:
    def __init__(self, rows, columns):
        self.size = (rows, columns)


class Matrix:
    """A matrix with the operations under the names that they have in C#."""

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Matrix(self.value + raw(other))

    def __radd__(self, other):
        return Matrix(raw(other) + self.value)

    def __sub__(self, other):
        return Matrix(self.value - raw(other))

    def __rsub__(self, other):
        return Matrix(raw(other) - self.value)

    def __mul__(self, other):
        return Matrix(self.value * raw(other))

    def __rmul__(self, other):
        return Matrix(raw(other) * self.value)

    def __truediv__(self, other):
        return Matrix(self.value / raw(other))

    def __rtruediv__(self, other):
        return Matrix(raw(other) / self.value)

    def __neg__(self):
        return Matrix(-self.value)

    def Tanh(self):
        return Matrix(torch.tanh(self.value))

    def Sigmoid(self):
        return Matrix(torch.sigmoid(self.value))

    def Softplus(self):
        return Matrix(F.softplus(self.value, threshold=1000))

    def Gelu(self):
        return Matrix(F.gelu(self.value))

    def NormalDistribution(self):
        return Matrix((1 + torch.erf(self.value / math.sqrt(2))) / 2)

    def NormalDensity(self):
        return Matrix(torch.exp(-self.value * self.value / 2) / math.sqrt(2 * math.pi))

    def Exp(self):
        return Matrix(torch.exp(self.value))

    def Log(self):
        return Matrix(torch.log(self.value))

    def Log1p(self):
        return Matrix(torch.log1p(self.value))

    def Sqrt(self):
        return Matrix(torch.sqrt(self.value))

    def Square(self):
        return Matrix(torch.square(self.value))

    def Power(self, exponent):
        return Matrix(torch.pow(self.value, float(exponent)))

    def LogSumExp(self):
        return Matrix(torch.logsumexp(self.value, dim=1, keepdim=True))

    def Softmax(self):
        return Matrix(torch.softmax(self.value, dim=1))

    def LogSoftmax(self):
        return Matrix(torch.log_softmax(self.value, dim=1))

    def Relu(self):
        return Matrix(torch.relu(self.value))

    def LeakyRelu(self, slope):
        return Matrix(F.leaky_relu(self.value, slope))

    def Abs(self):
        return Matrix(torch.abs(self.value))

    def Clamp(self, low, high):
        return Matrix(torch.clamp(self.value, low, high))

    def Maximum(self, other):
        return Matrix(torch.maximum(self.value, other.value))

    def Minimum(self, other):
        return Matrix(torch.minimum(self.value, other.value))

    def WherePositive(self, gate):
        value, by = torch.broadcast_tensors(self.value, gate.value)
        return Matrix(torch.where(by > 0, value, torch.zeros_like(value)))

    def MatMul(self, other, transposeA=False, transposeB=False):
        return Matrix((self.value.T if transposeA else self.value) @ (other.value.T if transposeB else other.value))

    def Transpose(self):
        return Matrix(self.value.T)

    def Sum(self):
        return Matrix(self.value.sum().reshape(1, 1))

    def SumOverRows(self):
        return Matrix(self.value.sum(dim=0, keepdim=True))

    def SumOverColumns(self):
        return Matrix(self.value.sum(dim=1, keepdim=True))

    def Mean(self):
        return Matrix(self.value.mean().reshape(1, 1))

    def MeanOverRows(self):
        return Matrix(self.value.mean(dim=0, keepdim=True))

    def MeanOverColumns(self):
        return Matrix(self.value.mean(dim=1, keepdim=True))

    def BroadcastTo(self, shape):
        return Matrix(self.value.broadcast_to(shape.size))

    def SliceRows(self, start, count):
        return Matrix(self.value[start:start + count])

    def SliceColumns(self, start, count):
        return Matrix(self.value[:, start:start + count])

    def GatherByLabel(self, labels):
        return Matrix((self.value * one_hot(labels, self.value.shape[1])).sum(dim=1, keepdim=True))

    def ScatterByLabel(self, labels, columns):
        return Matrix(self.value * one_hot(labels, columns))

    def LogSumExpOfOthers(self, labels):
        return Matrix(torch.logsumexp(others(self.value, labels), dim=1, keepdim=True))

    def SoftmaxOfOthers(self, labels):
        return Matrix(torch.softmax(others(self.value, labels), dim=1))


class BlockOperations:
    @staticmethod
    def ConcatenateRows(*parts):
        return Matrix(torch.cat([part.value for part in parts], dim=0))

    @staticmethod
    def ConcatenateColumns(*parts):
        return Matrix(torch.cat([part.value for part in parts], dim=1))


def raw(other):
    return other.value if isinstance(other, Matrix) else other


def one_hot(labels, columns):
    """A row of zeros where the label is no column."""
    mask = torch.zeros(len(labels), columns)
    for row, label in enumerate(labels):
        if 0 <= label < columns:
            mask[row, label] = 1
    return mask


def others(value, labels):
    return value.masked_fill(one_hot(labels, value.shape[1]) > 0, -math.inf)


def tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def leaf(rows):
    return tensor(rows).requires_grad_()


def derivatives(value, leaves, cotangent, weights):
    """The gradients of <cotangent, value>, and those of <weights, gradients> for the leaves and the cotangent."""
    v = leaf(cotangent)
    first = grad(value, leaves, v, create_graph=True)
    total = sum((tensor(w) * g).sum() for w, g in zip(weights, first))
    second = grad(total, [*leaves, v], None) if total.requires_grad else [torch.zeros_like(x) for x in [*leaves, v]]
    return {"value": value.tolist(), "first": [numbers(g) for g in first], "second": [numbers(g) for g in second]}


def numbers(tensor):
    """PyTorch's own zeros may have no memory to list."""
    return (torch.zeros(tensor.shape) + tensor).tolist()


def grad(value, leaves, cotangent, create_graph=False):
    if not value.requires_grad:
        return [torch.zeros_like(x) for x in leaves]
    found = torch.autograd.grad(value, leaves, cotangent, create_graph=create_graph, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(leaves, found)]


def program(request):
    leaves = [leaf(rows) for rows in request["leaves"]]
    names = {"BlockOperations": BlockOperations, "Shape": Shape}
    names.update({f"x{i + 1}": Matrix(x) for i, x in enumerate(leaves)})
    for i, step in enumerate(request["steps"]):
        names[f"y{i + 1}"] = eval(step, names)
    return derivatives(names[f"y{len(request['steps'])}"].value, leaves, request["cotangent"], request["weights"])


def losses_of_rows(kind, z, labels, first, second):
    """The loss of each row by its definition: logits z, and for label t the probability p_t of the softmax."""
    classes = z.shape[1]
    log_p = torch.log_softmax(z, dim=1)
    log_pt = (log_p * one_hot(labels, classes)).sum(dim=1)
    if kind == "CrossEntropy":
        return -log_pt
    if kind == "LabelSmoothing":
        return -(1 - first) * log_pt - first * log_p.mean(dim=1)
    if kind == "AbsoluteCrossEntropy":
        return first * torch.abs(math.log(second) + log_pt)
    spread = first * (classes - 1) / classes
    if kind == "SparseLabelSmoothing":
        log_rest = torch.logsumexp(others(z, labels), dim=1) - torch.logsumexp(z, dim=1)
        return -(1 - spread) * log_pt - spread * (log_rest - math.log(classes - 1))
    rest = torch.clamp(1 - torch.exp(log_pt), min=1e-7) / (classes - 1)
    return -(1 - spread) * log_pt + spread * torch.log(rest)


def classification(request):
    z, labels, reduction = leaf(request["logits"]), request["labels"], request["reduction"]
    kind, ignored, classes = request["kind"], request["ignored"], z.shape[1]
    by_class = [1.0] * classes if request["classWeights"] is None else request["classWeights"]
    weights = tensor([0.0 if label == ignored else by_class[label] for label in labels])
    total = weights.sum().item()
    counted = [label if 0 <= label < classes else 0 for label in labels]
    # PyTorch gives class weights and smoothing another meaning when both are set, and NaN when nothing counts.
    if total > 0 and (kind == "CrossEntropy" or (kind == "LabelSmoothing" and request["classWeights"] is None)):
        value = F.cross_entropy(
            z,
            torch.tensor(labels),
            weight=None if request["classWeights"] is None else tensor(by_class),
            ignore_index=-100 if ignored is None else ignored,
            reduction=reduction.lower(),
            label_smoothing=request["first"] if kind == "LabelSmoothing" else 0.0)
    else:
        rows = torch.where(weights > 0, weights * losses_of_rows(kind, z, counted, request["first"], request["second"]), torch.zeros(len(labels)))
        value = rows if reduction == "None" else rows.sum() / (total if reduction == "Mean" and total > 0 else 1)
        if reduction == "Mean" and total == 0:
            value = value + request["whenAllIgnored"]
    value = value.reshape(-1, 1) if reduction == "None" else value.reshape(1, 1)
    return derivatives(value, [z], request["cotangent"], request["weights"])


def with_targets(request):
    x, t, reduction = leaf(request["logits"]), leaf(request["targets"]), request["reduction"].lower()
    if request["kind"] == "Distributions":
        value = F.cross_entropy(x, t, reduction=reduction)
    elif request["kind"] == "Binary":
        value = F.binary_cross_entropy_with_logits(x, t, reduction=reduction)
    else:
        value = F.mse_loss(x, t, reduction=reduction)
    if reduction == "none":
        value = value.reshape(x.shape[0], -1).sum(dim=1)
    value = value.reshape(-1, 1) if reduction == "none" else value.reshape(1, 1)
    return derivatives(value, [x, t], request["cotangent"], request["weights"])


def schedule_of(optimizer, spec):
    schedulers = torch.optim.lr_scheduler
    kind = spec["kind"]
    if kind == "Constant":
        return schedulers.ConstantLR(optimizer, factor=1.0)
    if kind == "MultiStep":
        return schedulers.MultiStepLR(optimizer, spec["milestones"], spec["factor"])
    if kind == "Cosine":
        base = optimizer.param_groups[0]["lr"]
        return schedulers.CosineAnnealingLR(optimizer, spec["length"], eta_min=spec["floor"] * base)
    if kind == "Warmup":
        return schedulers.LinearLR(optimizer, start_factor=spec["start"], total_iters=spec["length"])
    if kind == "Exponential":
        return schedulers.ExponentialLR(optimizer, spec["factor"])
    if kind == "Cyclic":
        base = optimizer.param_groups[0]["lr"]
        return schedulers.CyclicLR(optimizer, spec["floor"] * base, base, step_size_up=spec["half"], cycle_momentum=False)
    if kind == "Plateau":
        base = optimizer.param_groups[0]["lr"]
        return schedulers.ReduceLROnPlateau(
            optimizer, factor=spec["factor"], patience=spec["patience"], threshold=spec["threshold"], cooldown=spec["cooldown"], min_lr=spec["floor"] * base, eps=0)
    first = schedulers.LinearLR(optimizer, start_factor=spec["start"], total_iters=spec["warmup"])
    then = schedulers.CosineAnnealingLR(optimizer, spec["length"])
    return schedulers.SequentialLR(optimizer, [first, then], milestones=[spec["warmup"]])


def optimizer_of(parameters, spec):
    settings = spec["settings"]
    return {"Sgd": torch.optim.SGD, "Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW, "RmsProp": torch.optim.RMSprop}[spec["kind"]](parameters, **settings)


def clip(parameters, spec):
    if spec["kind"] == "Value":
        torch.nn.utils.clip_grad_value_(parameters, spec["maximum"])
    if spec["kind"] == "Norm":
        # clip_grad_norm_ adds 1e-6 to the norm that it divides by.
        norm = torch.sqrt(sum((p.grad ** 2).sum() for p in parameters)).item()
        if norm > spec["maximum"]:
            for p in parameters:
                p.grad.mul_(spec["maximum"] / norm)


def trajectory(request):
    x, y = tensor(request["samples"]), tensor(request["targets"])
    w, b = leaf(request["weight"]), leaf(request["bias"])
    optimizer = optimizer_of([w, b], request["optimizer"])
    scheduler = schedule_of(optimizer, request["schedule"])
    path = []
    for _ in range(request["steps"]):
        optimizer.zero_grad()
        loss = ((torch.tanh(x @ w + b) - y) ** 2).mean()
        loss.backward()
        clip([w, b], request["clipping"])
        optimizer.step()
        if request["schedule"]["kind"] == "Plateau":
            scheduler.step(loss.item())
        else:
            scheduler.step()
        path.append([*w.detach().T.reshape(-1).tolist(), *b.detach().reshape(-1).tolist()])
    return {"path": path}


def initializer(request):
    weight = torch.empty(request["rows"], request["columns"])
    torch.manual_seed(1)
    if request["name"] == "fan_in_uniform":
        weight = torch.nn.Linear(request["columns"], request["rows"]).weight.detach()
    else:
        getattr(torch.nn.init, request["name"] + "_")(weight)
    return {"deviation": weight.std().item(), "largest": weight.abs().max().item()}


ANSWERS = {"initializer": initializer, "program": program, "classification": classification, "targets": with_targets, "trajectory": trajectory}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = ANSWERS[asked["ask"]](asked)
    except Exception as error:  # the test shows it
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
