package org.metafusion.cuda;

import java.util.HashMap;
import java.util.Map;
import org.metafusion.core.tensor.Members;

/** The numbers of a set of students on the device, by which dropout tells them apart. */
final class StudentNumbers {

    private static final String PURPOSE = "student numbers";
    private static final int MOST = 256;

    private final CudaBackend backend;
    private final Map<Members, Long> known = new HashMap<>();
    private CudaArena arena;

    StudentNumbers(CudaBackend backend) {
        this.backend = backend;
        this.arena = backend.scratchArena(PURPOSE);
    }

    long of(Members students) {
        Long address = known.get(students);
        if (address == null) {
            int[] numbers = new int[students.count()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = students.student(i);
            }
            if (known.size() == MOST) {
                known.clear();
                arena.close();
                arena = backend.scratchArena(PURPOSE);
            }
            address = arena.keep(numbers);
            known.put(students, address);
        }
        return address;
    }
}
