package org.metafusion.core.cohort;

import java.util.List;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.student.StudentSpec;

/**
 * The students that are trained together on one task over the same modalities.
 *
 * @param modalities in the order of every student's representations
 * @param students at least one
 */
public record Cohort(List<Modality> modalities, Task task, List<StudentSpec> students) {

    public Cohort {
        modalities = List.copyOf(modalities);
        students = List.copyOf(students);
        if (students.isEmpty()) {
            throw new IllegalArgumentException("A cohort needs one student or more");
        }
        for (StudentSpec student : students) {
            if (student.representations().size() != modalities.size()) {
                throw new IllegalArgumentException("Student " + student.label() + " has "
                        + student.representations().size() + " representations but there are " + modalities.size()
                        + " modalities");
            }
        }
    }

    public int size() {
        return students.size();
    }
}
