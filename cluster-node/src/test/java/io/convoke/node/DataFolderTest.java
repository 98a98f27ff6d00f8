package io.convoke.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMakeTheFolderAndLeaveNothingInIt() throws Exception {
        // given
        Path data = folder.resolve("new/data");

        // when
        DataFolder.prepare(data);

        // then
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void shouldSayWhenItIsAFile() throws Exception {
        // given
        Path file = Files.createFile(folder.resolve("file"));

        // when / then
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataFolder.prepare(file))
                .withMessageContaining("cannot be written")
                .withMessageContaining("--data");
    }
}
