"""scikit-learn's side of the comparison over tables: reads encoded rows from standard input, writes scores."""
import platform
import sys
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
print(f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}", flush=True)
source = sys.stdin.buffer


def numbers(count):
    return np.frombuffer(source.read(4 * count), dtype=np.float32)


while line := source.readline():
    regression, features, columns, train, test, seed = map(int, line.split())
    parts = []
    for rows in (train, test):
        x = numbers(rows * features).reshape(rows, features)
        y = numbers(rows * columns).reshape(rows, columns).squeeze() if regression else numbers(rows).astype(int)
        parts += [x, y]
    x, y, held_x, held_y = parts
    mlp = (MLPRegressor if regression else MLPClassifier)(random_state=seed).fit(x, y)
    linear = LinearRegression() if regression else LogisticRegression()
    print(mlp.score(held_x, held_y), linear.fit(x, y).score(held_x, held_y), flush=True)
