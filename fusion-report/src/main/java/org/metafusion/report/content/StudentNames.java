package org.metafusion.report.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.FitResult.StudentRow;

/** What students are called in charts: their labels, with the head's widths where a label is not of one student alone. */
final class StudentNames {

    private final Map<Integer, String> names = new HashMap<>();

    StudentNames(FitResult result) {
        Map<String, Integer> count = new HashMap<>();
        for (StudentRow row : result.students()) {
            count.merge(row.label(), 1, Integer::sum);
        }
        Map<String, Integer> taken = new HashMap<>();
        for (StudentRow row : result.students()) {
            List<Integer> hidden = row.spec().head().hidden();
            String name = Objects.requireNonNull(count.get(row.label())) == 1 || hidden.isEmpty()
                    ? row.label()
                    : row.label() + " " + hidden;
            int same = taken.merge(name, 1, Integer::sum);
            names.put(row.student(), same == 1 ? name : name + " (" + same + ")");
        }
    }

    String of(int student) {
        return Objects.requireNonNull(names.get(student), () -> "student " + student);
    }
}
