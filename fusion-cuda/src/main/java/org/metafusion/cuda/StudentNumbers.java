package org.metafusion.cuda;

import java.util.HashMap;
import java.util.Map;
import org.metafusion.core.tensor.Members;

/** The numbers of a set of students on the device, by which dropout tells them apart. */
final class StudentNumbers {

    private final CudaBackend backend;
    private final Map<Members, Long> known = new HashMap<>();

    StudentNumbers(CudaBackend backend) {
        this.backend = backend;
    }

    long of(Members students) {
        Long address = known.get(students);
        if (address == null) {
            int[] numbers = new int[students.count()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = students.student(i);
            }
            address = backend.scratchArena("student numbers").keep(numbers);
            known.put(students, address);
        }
        return address;
    }
}
