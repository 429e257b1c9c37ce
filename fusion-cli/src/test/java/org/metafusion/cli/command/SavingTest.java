package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SavingTest {

    @Test
    @Timeout(20)
    void theEndOfTheProcessWaitsForWhatIsBeingWritten() throws InterruptedException {
        Saving saving = new Saving();
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = new Thread(() -> saving.run(() -> {
            begun.countDown();
            pause();
            order.add("written");
        }));
        writer.start();
        begun.await();
        saving.await();
        order.add("ended");
        writer.join();
        assertThat(order).containsExactly("written", "ended");
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
