package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.metafusion.core.FusionException;

/** A data folder under test. */
record TestFolder(Path path) {

    static final String LABELS = "id,label,split\na,x,train\nb,y,train\nc,x,test\n";
    static final String IMAGE = "id,p,q\na,1,2\nb,3,4\nc,5,6\n";
    static final String TEXT = "id,w\na,7\nb,8\nc,9\n";

    /** A folder without fault: labels, image and text. */
    static TestFolder good(Path path) {
        return new TestFolder(path)
                .with("labels.csv", LABELS)
                .with("image.csv", IMAGE)
                .with("text.csv", TEXT);
    }

    TestFolder with(String file, String content) {
        return with(file, content.getBytes(StandardCharsets.UTF_8));
    }

    TestFolder with(String file, byte[] content) {
        try {
            Files.write(path.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    TestFolder without(String file) {
        try {
            Files.delete(path.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    FolderData read() {
        return DataFolder.read(path, ReadOptions.defaults());
    }

    FolderData read(TaskChoice task) {
        return DataFolder.read(path, ReadOptions.defaults().withTask(task));
    }

    /** The message of what {@link #read()} throws. */
    String complaint() {
        return complaint(this::read);
    }

    /** The one line of the message of the {@link FusionException} thrown, without this folder's path. */
    String complaint(ThrowingCallable call) {
        FusionException thrown = catchThrowableOfType(FusionException.class, call);
        if (thrown == null) {
            return "nothing was thrown";
        }
        String message = String.valueOf(thrown.getMessage());
        return message.replace(path + File.separator, "").replace(path.toString(), "DATA");
    }
}
