namespace AutoDiffLsr.Autodiff;

/// <content>
/// Values without history: constants, and all results while nothing is recorded. They are not on the Wengert list; the tape only keeps
/// their node objects and their memory for reuse.
/// </content>
public sealed partial class Tape<T>
{
    private readonly Stack<Node<T>> freeConstants = new();
    private Node<T>[] constants = new Node<T>[32];
    private int constantCount;

    /// <summary>While a first-order sweep runs: its results are only needed until the next entry is done.</summary>
    internal bool IsSweeping { get; set; }

    /// <summary>How many constants are alive: a mark for <see cref="RecycleConstants"/>.</summary>
    internal int ConstantCount => constantCount;

    internal Node<T> TakeConstant(string name)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Node<T> node = freeConstants.TryPop(out Node<T>? free) ? free : NewConstant();
        node.Name = name;
        node.LostHistory = false;
        node.IsTransient = IsSweeping;
        KeepConstant(node);
        return node;
    }

    internal Node<T> TakeConstant(string name, Buffer<T> buffer)
    {
        Node<T> node = TakeConstant(name);
        node.Buffer = buffer;
        return node;
    }

    /// <summary>The same value without history; the memory stays the source's. A constant has no history to lose.</summary>
    internal Variable<T> Share(Node<T> source) => new(
        source.IsRecorded || source.LostHistory ? Borrow(TakeConstant("detach"), source.Buffer.Matrix) : source);

    /// <summary>Puts a constant among those that live until the next reset.</summary>
    internal void KeepConstant(Node<T> node)
    {
        if (constantCount == constants.Length)
            Array.Resize(ref constants, 2 * constantCount);
        constants[constantCount++] = node;
        node.IsListed = true;
    }

    /// <summary>Takes back all transient constants made since <paramref name="mark"/> that no cotangent holds.</summary>
    internal void RecycleConstants(int mark)
    {
        for (int index = mark; index < constantCount; index++)
        {
            Node<T> node = constants[index];
            node.IsListed = false;
            if (node.Holders == 0)
                RecycleConstant(node);
        }

        constantCount = mark;
    }

    internal void RecycleConstant(Node<T> node)
    {
        Forget(node);
        node.Holders = 0;
        freeConstants.Push(node);
    }

    private Node<T> NewConstant()
    {
        Node<T> node = new();
        node.PlaceOn(this, Node<T>.NotRecorded);
        return node;
    }

    private void ForgetConstants()
    {
        for (int index = 0; index < constantCount; index++)
            RecycleConstant(constants[index]);
        constantCount = 0;
    }
}
