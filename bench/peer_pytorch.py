#!/usr/bin/env python3
"""The workloads of docs/performance.md in PyTorch, to be timed beside MetaFusion.

Needs PyTorch 1.13 or newer and nothing else (Debian: apt install python3-torch). Prints one JSON line a part and
repetition, such as {"peer": "loop", "workload": "cohort", "part": "phase 1", "seconds": 4.51}.

  peer_pytorch.py --workload cohort --implementation loop --threads 1 --repeat 5
  peer_pytorch.py --workload cohort --implementation stacked --threads 1 --repeat 5
  peer_pytorch.py --workload cohort --implementation loop --threads 1 --repeat 5 --cold

Workloads:
  cohort  24 students, all pairings of raw, PCA 64, 32, 16 and null of two modalities of 240 and 216 features; 1400 rows
          and 350 to validate on, one hidden layer of 64, 10 classes, batches of 64, 20 + 20 epochs
  large   8 students, all pairings of raw, PCA 256 and null of 768 + 768 features; 20,000 rows and 5,000 to validate on,
          hidden 256, 1 + 1 epochs
  step24  one training step of the cohort of 24, on batches of 64, without validation: alone, and mutual
  step240 the same of 240 students, each of the 24 ten times
  tensor  outer product of 768 and 768 features, linear to 32 classes, batches of 128; seconds a step of forward,
          backward and AdamW

Implementations of the cohorts: loop (a module and an optimiser a student, as research code has it) and stacked
(students that read the same representation share one batched product, one flat AdamW step, the divergence's gradient in
closed form), of the steps also graphed (stacked, captured once as a CUDA graph and replayed; --device cuda only); of
tensor: materialised, and factored (contract one side first). Phase 2 starts from the initial weights
and adds KL divergences from eight top performers, who are constants, with weights of 1/8. Both phases measure the
validation loss of every student after each epoch and keep the weights of its best one.
"""

import argparse
import copy
import itertools
import json
import math
import os
import resource
import subprocess
import sys
import time

TOP_PERFORMERS = 8
LEARNING_RATE = 1e-3
STEPS = 100
IMPLEMENTATIONS = {
    "cohort": ("loop", "stacked"),
    "large": ("loop", "stacked"),
    "step24": ("loop", "stacked", "graphed"),
    "step240": ("loop", "stacked", "graphed"),
    "tensor": ("materialised", "factored"),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", choices=IMPLEMENTATIONS, default="cohort")
    parser.add_argument("--implementation", default=None, help="default: the workload's first")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="not for --workload tensor")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=1, help="repetitions that are not printed")
    parser.add_argument("--cold", action="store_true", help="time whole processes, imports included")
    parser.add_argument("--on-request", action="store_true", help="one repetition for each line on standard input")
    parser.add_argument("--tiny", action="store_true", help="a small version of the workload, to see that it runs")
    parser.add_argument("--check", metavar="DIR", help="train on the weights, rows and batches in DIR; print losses")
    options = parser.parse_args()
    known = IMPLEMENTATIONS[options.workload]
    options.implementation = options.implementation or known[0]
    if options.implementation not in known:
        parser.error(f"workload {options.workload} has the implementations {', '.join(known)}")
    if options.device == "cuda" and options.workload == "tensor":
        parser.error("workload tensor is for the CPU; leave out --device cuda")
    if options.implementation == "graphed" and options.device != "cuda":
        parser.error("implementation graphed needs --device cuda")
    return options


OPTIONS = arguments()
# Before PyTorch is loaded, which reads them once.
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = str(OPTIONS.threads)
try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError as missing:
    print(f"peer_pytorch.py needs PyTorch, but {sys.executable} says: {missing}", file=sys.stderr)
    sys.exit(2)
if OPTIONS.device == "cuda" and not torch.cuda.is_available():
    print(f"peer_pytorch.py: PyTorch {torch.__version__} sees no CUDA device; leave out --device cuda", file=sys.stderr)
    sys.exit(2)
DEVICE = torch.device(OPTIONS.device)


def synchronize():
    """Waits for the device."""
    if OPTIONS.device == "cuda":
        torch.cuda.synchronize()


class Rows:
    """Representations {key: [rows, width]} and labels of training and validation rows."""

    def __init__(self, train, train_labels, validation, validation_labels):
        self.train = {key: x.to(DEVICE) for key, x in train.items()}
        self.validation = {key: x.to(DEVICE) for key, x in validation.items()}
        self.train_labels, self.validation_labels = train_labels.to(DEVICE), validation_labels.to(DEVICE)


class Cohort:
    """Students as tuples of the representations they read, and how they are trained."""

    def __init__(self, students, hidden, classes, batch, epochs):
        self.students, self.hidden, self.classes = students, hidden, classes
        self.batch, self.epochs = batch, epochs
        self.top = min(TOP_PERFORMERS, len(students))

    def divergence(self):
        """d [students, students]: all learn equally from the first few, nobody from themselves."""
        d = torch.zeros(len(self.students), len(self.students))
        d[:, : self.top] = 1 / self.top
        return d.fill_diagonal_(0).to(DEVICE)


def random_modality(labels, width, classes, generator):
    marked = (torch.arange(width) % classes)[None, :] == labels[:, None]
    return torch.randn(len(labels), width, generator=generator) + 0.3 * marked


def cohort_workload(features, pca, rows, hidden, classes, epochs):
    generator = torch.Generator().manual_seed(1)
    labels = torch.randint(classes, (rows,), generator=generator)
    validation_labels = torch.randint(classes, (rows // 4,), generator=generator)
    train, validation = {}, {}
    for m, width in enumerate(features):
        x = random_modality(labels, width, classes, generator)
        z = random_modality(validation_labels, width, classes, generator)
        mean, deviation = x.mean(0), x.std(0)
        x, z = (x - mean) / deviation, (z - mean) / deviation
        train[m, "raw"], validation[m, "raw"] = x, z
        components = torch.linalg.eigh(x.T @ x)[1].flip(1)
        scale = (x @ components[:, 0]).std()
        for k in pca:
            train[m, f"pca{k}"] = x @ components[:, :k] / scale
            validation[m, f"pca{k}"] = z @ components[:, :k] / scale
    each = ["raw"] + [f"pca{k}" for k in pca] + [None]
    students = [
        tuple((m, label) for m, label in enumerate(pairing) if label)
        for pairing in itertools.product(each, repeat=len(features))
        if any(pairing)
    ]
    cohort = Cohort(students, hidden, classes, 64, epochs)
    return cohort, Rows(train, labels, validation, validation_labels)


class Best:
    """The lowest validation loss of each student so far, and what it was each epoch."""

    def __init__(self, students):
        self.loss = torch.full((students,), math.inf, device=DEVICE)
        self.history = []

    def improved(self, losses):
        self.history.append(losses.tolist())
        better = losses < self.loss
        self.loss = torch.where(better, losses, self.loss)
        return better


def batches(cohort, rows, orders, epoch):
    order = orders[epoch] if orders is not None else torch.randperm(len(rows.train_labels))
    return order.to(DEVICE).split(cohort.batch)


# ---------------------------------------------------------------------------------------------------------------- loop


class Student(nn.Module):
    """Concatenates its representations; one hidden layer."""

    def __init__(self, keys, rows, hidden, classes):
        super().__init__()
        self.keys = keys
        self.first = nn.Linear(sum(rows.train[key].shape[1] for key in keys), hidden)
        self.second = nn.Linear(hidden, classes)

    def forward(self, inputs):
        return self.second(F.relu(self.first(torch.cat([inputs[key] for key in self.keys], 1))))


def load_students(students, flat):
    """Weights from a flat buffer: for each student first weights [in, hidden], bias, second weights, bias."""
    at = 0
    with torch.no_grad():
        for student in students:
            for layer in (student.first, student.second):
                size = layer.weight.numel()
                layer.weight.copy_(flat[at : at + size].view(layer.weight.shape[1], -1).T)
                at += size
                layer.bias.copy_(flat[at : at + layer.bias.numel()])
                at += layer.bias.numel()


def loop_students(cohort, rows):
    return [Student(keys, rows, cohort.hidden, cohort.classes).to(DEVICE) for keys in cohort.students]


def loop_optimisers(students):
    return [torch.optim.AdamW(s.parameters(), lr=LEARNING_RATE, weight_decay=0) for s in students]


def loop_phase(cohort, rows, mutual, flat=None, orders=None):
    students = loop_students(cohort, rows)
    if flat is not None:
        load_students(students, flat)
    optimisers = loop_optimisers(students)
    best = Best(len(students))
    kept = [None] * len(students)
    for epoch in range(cohort.epochs):
        for index in batches(cohort, rows, orders, epoch):
            inputs = {key: x[index] for key, x in rows.train.items()}
            loop_step(cohort, students, optimisers, inputs, rows.train_labels[index], mutual)
        with torch.no_grad():
            losses = [F.cross_entropy(s(rows.validation), rows.validation_labels) for s in students]
        for s, better in enumerate(best.improved(torch.stack(losses)).tolist()):
            if better:
                kept[s] = copy.deepcopy(students[s].state_dict())
    return best.history


def loop_step(cohort, students, optimisers, inputs, labels, mutual):
    outputs = [student(inputs) for student in students]
    for i, optimiser in enumerate(optimisers):
        loss = F.cross_entropy(outputs[i], labels)
        if mutual:
            for j in range(cohort.top):
                if j != i:
                    peer = F.softmax(outputs[j].detach(), 1)
                    own = F.log_softmax(outputs[i], 1)
                    loss = loss + F.kl_div(own, peer, reduction="batchmean") / cohort.top
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


# ------------------------------------------------------------------------------------------------------------- stacked


class Stack:
    """All students' weights in one flat buffer; those that read one representation have one stack [students, in, hidden]."""

    def __init__(self, cohort, rows):
        count = len(cohort.students)
        self.keys = [k for k in rows.train if any(k in keys for keys in cohort.students)]
        self.readers = [
            torch.tensor([s for s, keys in enumerate(cohort.students) if k in keys], device=DEVICE) for k in self.keys
        ]
        shapes = [(len(r), rows.train[k].shape[1], cohort.hidden) for k, r in zip(self.keys, self.readers)]
        shapes += [(count, 1, cohort.hidden), (count, cohort.hidden, cohort.classes), (count, 1, cohort.classes)]
        sizes = [math.prod(shape) for shape in shapes]
        self.flat = torch.zeros(sum(sizes), device=DEVICE, requires_grad=True)
        self.flat.grad = torch.zeros_like(self.flat)
        self.weights = [v.view(s) for v, s in zip(self.flat.detach().split(sizes), shapes)]
        for weight, gradient in zip(self.weights, self.flat.grad.split(sizes)):
            weight.requires_grad_()
            weight.grad = gradient.view(weight.shape)
        self.best = [weight.detach().clone() for weight in self.weights]
        self.members = self.readers + [torch.arange(count, device=DEVICE)] * 3
        self.initialise(cohort, rows)

    def initialise(self, cohort, rows):
        """Uniform within 1 / sqrt(fan in), as nn.Linear does."""
        fan_in = torch.tensor([sum(rows.train[k].shape[1] for k in keys) for keys in cohort.students], device=DEVICE)
        bounds = [1 / fan_in[r].sqrt() for r in self.readers] + [1 / fan_in.sqrt()]
        bounds += [torch.full((len(cohort.students),), cohort.hidden**-0.5, device=DEVICE)] * 2
        with torch.no_grad():
            for weight, bound in zip(self.weights, bounds):
                weight.uniform_(-1, 1).mul_(bound[:, None, None])

    def load(self, cohort, rows, flat):
        """Weights from a flat buffer, see load_students."""
        at = 0
        *first, bias, second, last = self.weights
        with torch.no_grad():
            for s, keys in enumerate(cohort.students):
                targets = [first[self.keys.index(k)][self.readers[self.keys.index(k)].tolist().index(s)] for k in keys]
                for target in targets + [bias[s], second[s], last[s]]:
                    target.copy_(flat[at : at + target.numel()].view(target.shape))
                    at += target.numel()

    def forward(self, inputs):
        """Logits [students, rows, classes]."""
        *first, bias, second, last = self.weights
        rows = next(iter(inputs.values())).shape[0]
        hidden = bias.expand(-1, rows, -1).clone()
        for key, readers, weight in zip(self.keys, self.readers, first):
            hidden.index_add_(0, readers, torch.bmm(inputs[key].expand(len(weight), -1, -1), weight))
        return torch.baddbmm(last, F.relu(hidden), second)

    def keep(self, better):
        with torch.no_grad():
            for best, weight, members in zip(self.best, self.weights, self.members):
                torch.where(better[members][:, None, None], weight, best, out=best)


def stacked_phase(cohort, rows, mutual, flat=None, orders=None):
    stack = Stack(cohort, rows)
    if flat is not None:
        stack.load(cohort, rows, flat)
    optimiser = torch.optim.AdamW([stack.flat], lr=LEARNING_RATE, weight_decay=0)
    best = Best(len(cohort.students))
    learning = peers(cohort, mutual)
    for epoch in range(cohort.epochs):
        for index in batches(cohort, rows, orders, epoch):
            stacked_step(cohort, stack, optimiser, rows, index, learning)
        with torch.no_grad():
            logs = F.log_softmax(stack.forward({key: rows.validation[key] for key in stack.keys}), 2)
            picked = rows.validation_labels[None, :, None].expand(len(logs), -1, -1)
            stack.keep(best.improved(-logs.gather(2, picked).mean((1, 2))))
    return best.history


def peers(cohort, mutual):
    """Who learns how much from whom, and each row's sum; None if nobody does."""
    divergence = cohort.divergence()
    return (divergence, divergence.sum(1)[:, None, None]) if mutual else None


def stacked_step(cohort, stack, optimiser, rows, index, learning):
    labels = rows.train_labels[index]
    logits = stack.forward({key: rows.train[key][index] for key in stack.keys})
    with torch.no_grad():
        p = F.softmax(logits, 2)
        gradient = p - F.one_hot(labels, cohort.classes)
        if learning:
            divergence, sums = learning
            # d KL(p_j || p_i) / d logits_i = p_i - p_j, summed over all peers by one product.
            gradient += sums * p - (divergence @ p.flatten(1)).view_as(p)
        gradient /= len(index)
    stack.flat.grad.zero_()
    logits.backward(gradient)
    optimiser.step()


# --------------------------------------------------------------------------------------------------------------- steps


class Steps:
    """Training steps alone; each part has its own weights."""

    def __init__(self, students, implementation, count):
        self.cohort, self.rows = cohort_workload([240, 216], [64, 32, 16], 1400, 64, 10, 1)
        pairings = self.cohort.students
        self.cohort.students = [pairings[s % len(pairings)] for s in range(students)]
        self.count = count
        make = {"loop": self.loop, "stacked": self.stacked, "graphed": self.graphed}[implementation]
        self.parts = {"step alone": make(False), "step mutual": make(True)}

    def loop(self, mutual):
        students = loop_students(self.cohort, self.rows)
        optimisers = loop_optimisers(students)

        def step(index):
            inputs = {key: x[index] for key, x in self.rows.train.items()}
            loop_step(self.cohort, students, optimisers, inputs, self.rows.train_labels[index], mutual)

        return step

    def stacked(self, mutual, **options):
        stack = Stack(self.cohort, self.rows)
        optimiser = torch.optim.AdamW([stack.flat], lr=LEARNING_RATE, weight_decay=0, **options)
        learning = peers(self.cohort, mutual)
        return lambda index: stacked_step(self.cohort, stack, optimiser, self.rows, index, learning)

    def graphed(self, mutual):
        step = self.stacked(mutual, capturable=True)
        rows = torch.arange(self.cohort.batch, device=DEVICE)
        side = torch.cuda.Stream()  # capture wants to be warmed up on a stream of its own
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                step(rows)
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            step(rows)

        def replay(index):
            rows.copy_(index)
            graph.replay()

        return replay

    def repeat(self):
        """Seconds a step; the device is waited for after the last one."""
        order = torch.randperm(len(self.rows.train_labels)).to(DEVICE)
        whole = len(order) // self.cohort.batch
        parts = []
        for part, step in self.parts.items():
            synchronize()
            start = time.perf_counter()
            for number in range(self.count):
                at = number % whole * self.cohort.batch
                step(order[at : at + self.cohort.batch])
            synchronize()
            parts.append((part, "seconds", (time.perf_counter() - start) / self.count))
        return parts


# -------------------------------------------------------------------------------------------------------------- tensor


class TensorFusion:
    """Steps of one linear layer on the outer product of two representations."""

    def __init__(self, features, factored):
        generator = torch.Generator().manual_seed(1)
        self.x, self.z = (torch.randn(1280, features, generator=generator) for _ in range(2))
        self.labels = torch.randint(32, (1280,), generator=generator)
        self.weight = torch.empty(features * features, 32).uniform_(-1 / features, 1 / features)
        self.weight.requires_grad_()
        self.bias = torch.zeros(32, requires_grad=True)
        self.optimiser = torch.optim.AdamW([self.weight, self.bias], lr=LEARNING_RATE, weight_decay=0)
        self.factored = factored
        self.features = features

    def outputs(self, x, z):
        if self.factored:
            u = x @ self.weight.view(self.features, -1)
            return torch.einsum("nbk,nb->nk", u.view(len(x), self.features, 32), z) + self.bias
        fused = (x[:, :, None] * z[:, None, :]).view(len(x), -1)
        return fused @ self.weight + self.bias

    def step(self, at):
        rows = slice(at * 128, at * 128 + 128)
        self.optimiser.zero_grad(set_to_none=True)
        F.cross_entropy(self.outputs(self.x[rows], self.z[rows]), self.labels[rows]).backward()
        self.optimiser.step()

    def repeat(self):
        start = time.perf_counter()
        for at in range(10):
            self.step(at)
        return (time.perf_counter() - start) / 10


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# ------------------------------------------------------------------------------------------------------------- running


def report(part, **values):
    head = {"peer": OPTIONS.implementation, "workload": OPTIONS.workload, "part": part, "threads": OPTIONS.threads}
    print(json.dumps({**head, **values}), flush=True)


def repetition():
    """A function that runs the workload once and returns what to report: (part, quantity, value)."""
    tiny = OPTIONS.tiny
    if OPTIONS.workload == "tensor":
        size = 32 if tiny else 768
        before = peak_megabytes() + 4 * 4 * 32 * size * size / 2**20  # weights, gradients and two moments
        fusion = TensorFusion(size, OPTIONS.implementation == "factored")

        def steps():
            seconds = fusion.repeat()
            return [("step", "seconds", seconds), ("memory beside parameters", "megabytes", peak_megabytes() - before)]

        return steps
    if OPTIONS.workload.startswith("step"):
        students = int(OPTIONS.workload[len("step") :])
        return Steps(students, OPTIONS.implementation, 2 if tiny else STEPS).repeat
    if OPTIONS.workload == "cohort":
        cohort, rows = cohort_workload([240, 216], [64, 32, 16], 1400, 64, 10, 1 if tiny else 20)
    else:
        cohort, rows = cohort_workload([768, 768], [256], 1000 if tiny else 20000, 256, 10, 1)
    phase = loop_phase if OPTIONS.implementation == "loop" else stacked_phase

    def phases():
        parts = []
        for part, mutual in (("phase 1", False), ("phase 2", True)):
            start = time.perf_counter()
            phase(cohort, rows, mutual)
            synchronize()
            parts.append((part, "seconds", time.perf_counter() - start))
        return parts

    return phases


def run_warm():
    run = repetition()
    for _ in range(OPTIONS.warm_up):
        run()
    print(json.dumps({"ready": True}), flush=True)
    requests = sys.stdin if OPTIONS.on_request else range(OPTIONS.repeat)
    for number, _ in enumerate(requests):
        for part, quantity, value in run():
            report(part, **{quantity: value})
        print(json.dumps({"done": number}), flush=True)


def run_cold():
    command = [sys.executable, os.path.abspath(__file__), "--workload", OPTIONS.workload, "--repeat", "1"]
    command += ["--implementation", OPTIONS.implementation, "--threads", str(OPTIONS.threads), "--warm-up", "0"]
    command += ["--device", OPTIONS.device]
    command += ["--tiny"] if OPTIONS.tiny else []
    for _ in range(OPTIONS.repeat):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        report("cold process", seconds=time.perf_counter() - start)


def run_check():
    """Trains from the files in a folder, written by org.metafusion.bench.LossCheck, and prints validation losses."""

    def read(name, kind):
        with open(os.path.join(OPTIONS.check, name), "rb") as file:
            return torch.frombuffer(bytearray(file.read()), dtype=kind)

    with open(os.path.join(OPTIONS.check, "manifest.json")) as file:
        manifest = json.load(file)
    inputs = {
        part: {
            (m, label): read(f"{part}-{m}-{label}.f32", torch.float32).view(-1, width)
            for m, label, width in manifest["inputs"]
        }
        for part in ("train", "validation")
    }
    rows = Rows(
        inputs["train"],
        read("train-labels.i32", torch.int32).long(),
        inputs["validation"],
        read("validation-labels.i32", torch.int32).long(),
    )
    students = [tuple((m, label) for m, label in keys) for keys in manifest["students"]]
    cohort = Cohort(students, manifest["hidden"], manifest["classes"], manifest["batch"], manifest["epochs"])
    flat = read("parameters.f32", torch.float32)
    orders = read("order.i32", torch.int32).long().view(cohort.epochs, -1)
    for OPTIONS.implementation, phase in (("loop", loop_phase), ("stacked", stacked_phase)):
        for part, mutual in (("phase 1", False), ("phase 2", True)):
            report(part, losses=phase(cohort, rows, mutual, flat, orders))


def main():
    if OPTIONS.cold:
        run_cold()
        return
    torch.set_num_threads(OPTIONS.threads)
    torch.set_num_interop_threads(1)
    torch.manual_seed(1)
    if OPTIONS.check:
        run_check()
    else:
        run_warm()


if __name__ == "__main__":
    main()
