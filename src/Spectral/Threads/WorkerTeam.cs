using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Meanfield.Spectral;

/// <summary>
/// A fixed team of threads for short phases of work. A phase is a delegate that draws items from a common counter until none are
/// left; whoever joins in helps, and the caller alone would finish as well.
/// </summary>
/// <remarks>
/// The caller waits only for members that have joined: one that sleeps, or that the system keeps from running, delays nothing.
/// Teams are shared by all transforms of the process; a caller that finds its team busy goes alone. Idle members spin for some
/// ten microseconds, since the phases of a right-hand side follow each other closely, and then sleep.
/// </remarks>
internal sealed class WorkerTeam
{
    private const int Spins = 200;
    private const long Joined = 0xff, Open = 0x100, Next = 0x200; // _state: members at work, whether to join, number of the phase

    private static readonly Dictionary<int, WorkerTeam> Teams = [];

    private readonly Lock _caller = new();
    private readonly Member[] _members;
    private Action<int>? _phase;
    private ExceptionDispatchInfo? _failure;
    private long _state;

    private WorkerTeam(int size)
    {
        _members = new Member[size - 1];
        for (int i = 0; i < _members.Length; i++)
        {
            Member member = _members[i] = new Member(i + 1);
            new Thread(() => Serve(member)) { IsBackground = true, Name = $"meanfield {member.Number}" }.Start();
        }
    }

    /// <summary>The process's team of a size, the caller included.</summary>
    /// <param name="size">1 … 256.</param>
    public static WorkerTeam Of(int size)
    {
        lock (Teams)
        {
            if (!Teams.TryGetValue(size, out WorkerTeam? team))
                Teams.Add(size, team = new WorkerTeam(size));
            return team;
        }
    }

    /// <summary>Runs phase(0) here and phase(1), phase(2), … on members that join; returns when all have returned.</summary>
    public void Run(Action<int> phase)
    {
        if (_members.Length == 0 || _caller.IsHeldByCurrentThread || !_caller.TryEnter())
        {
            phase(0);
            return;
        }
        try
        {
            (_phase, _failure) = (phase, null);
            Interlocked.Exchange(ref _state, (_state / Next + 1) * Next + Open);
            foreach (Member member in _members)
                member.Wake();
            try
            {
                phase(0);
            }
            finally
            {
                Interlocked.And(ref _state, ~Open);
                var wait = new SpinWait();
                while ((Volatile.Read(ref _state) & Joined) != 0)
                    wait.SpinOnce(sleep1Threshold: -1);
            }
            _failure?.Throw();
        }
        finally
        {
            _phase = null; // it would keep the tables of its transform in memory
            _caller.Exit();
        }
    }

    private void Serve(Member member)
    {
        long done = 0;
        while (true)
        {
            long state = AwaitPhase(member, done);
            if (Interlocked.CompareExchange(ref _state, state + 1, state) != state)
                continue;
            done = state / Next;
            Join(member);
            Interlocked.Decrement(ref _state);
        }
    }

    // A frame of its own: what the phase refers to must not stay on the stack of a member that sleeps.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Join(Member member)
    {
        try
        {
            _phase!(member.Number);
        }
        catch (Exception exception) // the caller throws it again
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    private long AwaitPhase(Member member, long done)
    {
        for (int spins = 0; ; spins++)
        {
            long state = Volatile.Read(ref _state);
            if (CanJoin(state, done))
                return state;
            if (spins < Spins)
            {
                Thread.SpinWait(10);
                continue;
            }
            member.SleepUnlessCalled(ref _state, done);
            spins = 0; // the phase that rang may be over, the next is near
        }
    }

    private static bool CanJoin(long state, long done) => (state & Open) != 0 && state / Next != done;

    /// <summary>One thread and the bell it sleeps by.</summary>
    private sealed class Member(int number)
    {
        private readonly object _bell = new();

        public int Number { get; } = number;

        public void Wake()
        {
            lock (_bell)
                Monitor.Pulse(_bell);
        }

        public void SleepUnlessCalled(ref long state, long done)
        {
            lock (_bell)
            {
                if (!CanJoin(Volatile.Read(ref state), done))
                    Monitor.Wait(_bell);
            }
        }
    }
}
