"""Writes scikit-learn's own data sets, real and generated, as CSV into a folder: tables that the defaults were not chosen on, and curved ones."""
import csv
import sys

import numpy as np
from sklearn import datasets as d


def save(name, x, y, names=None):
    with open(f"{sys.argv[1]}/{name}.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([f"f{i}" for i in range(x.shape[1])] + ["target"])
        for features, target in zip(x, y):
            rows.writerow([repr(float(value)) for value in features] + [target])


def classes(y):
    return [f"c{label}" for label in y]


for name, load in (("wdbc", d.load_breast_cancer), ("wine", d.load_wine), ("sk-digits", d.load_digits)):
    data = load()
    save(name, data.data, classes(data.target))
data = d.load_diabetes()
save("reg-diabetes", data.data, data.target)
for name, (x, y) in (
    ("moons400", d.make_moons(400, noise=0.2, random_state=1)),
    ("circles300", d.make_circles(300, noise=0.1, factor=0.5, random_state=1)),
    ("mc500", d.make_classification(500, 20, n_informative=5, n_redundant=5, flip_y=0.1, random_state=3)),
    ("mc2000", d.make_classification(2000, 30, n_informative=15, n_classes=4, random_state=4)),
):
    save(name, x, classes(y))
random = np.random.default_rng(2)
t, k = random.uniform(0.2, 1, 600), random.integers(0, 3, 600)
a = t * 9 + k * 2.094
save("spirals600", np.c_[t * np.cos(a), t * np.sin(a)] + random.normal(0, 0.02, (600, 2)), classes(k))
save("reg-friedman", *d.make_friedman1(600, 10, noise=1, random_state=1))
save("reg-linear", *d.make_regression(300, 40, n_informative=10, noise=20, random_state=1))
