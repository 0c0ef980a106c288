package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.GeneratorFunction;
import org.tailrace.expr.Typed;

/**
 * The windows that a time is in, one row each, the latest first: how a window becomes a column where no aggregate keeps it.
 * A row without a time has no window, nor one whose session's gap is not positive. Arguments: the time, and a session's gap.
 */
final class WindowRows implements GeneratorFunction {
    private final WindowSpec spec;
    private final DataType time;

    WindowRows(WindowSpec spec, DataType time) {
        this.spec = spec;
        this.time = time;
    }

    /** The child's columns, then this one. */
    static ResolvedPlan.Generate over(ResolvedPlan child, WindowSpec spec, Typed time, Attribute window) {
        var output = new ArrayList<>(child.output());
        output.add(window);
        var arguments = spec instanceof WindowSpec.Session session ? List.of(time, session.gap()) : List.of(time);
        return new ResolvedPlan.Generate(child, new WindowRows(spec, time.type()), arguments, false, output);
    }

    @Override
    public List<String> names() {
        return List.of("window");
    }

    @Override
    public String signature() {
        return "window(time, size[, slide[, start]])";
    }

    @Override
    public String doc() {
        return "One row for each window that the time is in.";
    }

    @Override
    public String example() {
        return "window(timestamp'2021-01-01 00:03:00', '5 minutes')";
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        return new Signature(arguments.stream().map(Typed::type).toList(), TimeWindows.struct(time), false);
    }

    @Override
    public Schema outputs(List<Typed> arguments, EvalContext context) {
        return Schema.of(new Field("window", TimeWindows.struct(time)));
    }

    @Override
    public void generate(Vector[] arguments, int count, boolean outer, IntVector parents, Vector[] outputs) {
        var times = (LongVector) arguments[0];
        var windows = (StructVector) outputs[0];
        for (int row = 0; row < count; row++) {
            if (times.isNull(row)) {
                continue;
            }
            long at = times.values[times.offset + row];
            if (spec instanceof WindowSpec.Tumbling tumbling) {
                long start = lastStart(at, tumbling.sizeMicros(), tumbling.startMicros());
                add(row, start, start + tumbling.sizeMicros(), parents, windows);
            } else if (spec instanceof WindowSpec.Sliding sliding) {
                long start = lastStart(at, sliding.slideMicros(), sliding.startMicros());
                for (; start + sliding.sizeMicros() > at; start -= sliding.slideMicros()) {
                    add(row, start, start + sliding.sizeMicros(), parents, windows);
                }
            } else if (!arguments[1].isNull(row)) {
                var gaps = (LongVector) arguments[1];
                long gap = gaps.values[gaps.offset + row];
                if (gap > 0) {
                    add(row, at, at + gap, parents, windows);
                }
            }
        }
    }

    private static long lastStart(long time, long slide, long offset) {
        return time - Math.floorMod(time - offset, slide);
    }

    private static void add(int row, long start, long end, IntVector parents, StructVector windows) {
        parents.append(row, true);
        ((LongVector) windows.children[0]).append(start, true);
        ((LongVector) windows.children[1]).append(end, true);
        windows.appendRow(true);
    }
}
