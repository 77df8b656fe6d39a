package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobRefusal;
import io.zhitong.link.BlobRefusedException;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PicturesTest {
    private static final DeviceAddress LANE = DeviceAddress.of(1, 44);
    private static final DeviceAddress OTHER = DeviceAddress.of(1, 45);
    /** {@code printf abc | sha256sum}. */
    private static final Blob ABC =
            new Blob(Octets.of(Hex.parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")), 3);

    @TempDir
    Path folder;

    private Pictures pictures;

    @BeforeEach
    void open() {
        pictures = new Pictures(folder.resolve("pictures"), 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Blob named(int first, int length) {
        byte[] name = new byte[Blob.NAME_LENGTH];
        name[0] = (byte) first;
        return new Blob(Octets.of(name), length);
    }

    @Test
    void picture_comes_in_parts_and_is_read_only_when_it_is_whole() {
        assertThat(pictures.offered(LANE, ABC)).isZero();
        assertThat(pictures.append(LANE, ABC, 0, bytes("ab"))).isEqualTo(2);
        assertThat(pictures.read(LANE, ABC.name())).isEmpty();
        assertThat(pictures.append(LANE, ABC, 2, bytes("c"))).isEqualTo(3);
        assertThat(pictures.read(LANE, ABC.name())).contains(bytes("abc"));
        assertThat(pictures.offered(LANE, ABC)).as("offered again").isEqualTo(3);
        assertThat(pictures.read(OTHER, ABC.name())).as("another device's").isEmpty();
    }

    @Test
    void what_came_before_a_restart_is_there_after_it_and_nothing_is_written_twice() {
        pictures.offered(LANE, ABC);
        pictures.append(LANE, ABC, 0, bytes("ab"));
        Pictures again = new Pictures(folder.resolve("pictures"), 1);
        assertThat(again.offered(LANE, ABC)).isEqualTo(2);
        assertThat(again.append(LANE, ABC, 0, bytes("ab"))).as("said once more").isEqualTo(2);
        assertThat(again.append(LANE, ABC, 2, bytes("c"))).isEqualTo(3);
        assertThat(again.read(LANE, ABC.name())).contains(bytes("abc"));
    }

    @Test
    void bytes_that_do_not_have_the_name_are_refused_and_gone() throws IOException {
        pictures.offered(LANE, ABC);
        assertThatThrownBy(() -> pictures.append(LANE, ABC, 0, bytes("abd")))
                .isInstanceOfSatisfying(
                        BlobRefusedException.class, e -> assertThat(e.reason()).isEqualTo(BlobRefusal.OTHER_CONTENT));
        assertThat(files()).isEmpty();
        assertThat(pictures.offered(LANE, ABC)).isZero();
    }

    /** Begun as a longer one, it would otherwise be taken for whole without having been proved. */
    @Test
    void what_was_begun_with_another_length_begins_anew() {
        Blob longer = new Blob(ABC.name(), 5);
        pictures.offered(LANE, longer);
        pictures.append(LANE, longer, 0, bytes("xyz"));
        assertThat(pictures.offered(LANE, ABC)).isZero();
        pictures.append(LANE, ABC, 0, bytes("abc"));
        assertThat(pictures.read(LANE, ABC.name())).contains(bytes("abc"));
    }

    @Test
    void files_and_folders_are_the_owners_only() throws IOException {
        pictures.offered(LANE, ABC);
        pictures.append(LANE, ABC, 0, bytes("ab"));
        pictures.append(LANE, ABC, 2, bytes("c"));
        Path lane = folder.resolve("pictures/1-44");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lane)))
                .isEqualTo("rwx------");
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void a_fifth_half_picture_drives_out_the_oldest() throws IOException {
        for (int i = 1; i <= Pictures.MOST_PARTS + 1; i++) {
            Blob blob = named(i, 10);
            pictures.offered(LANE, blob);
            pictures.append(LANE, blob, 0, bytes("half"));
            Files.setLastModifiedTime(
                    folder.resolve("pictures/1-44/" + Hex.of(blob.name().toByteArray()) + ".part"),
                    FileTime.fromMillis(i * 1_000L));
        }
        assertThat(files()).hasSize(Pictures.MOST_PARTS);
        assertThat(pictures.offered(LANE, named(1, 10))).as("the oldest").isZero();
        assertThat(pictures.offered(LANE, named(5, 10))).as("the newest").isEqualTo(4);
    }

    @Test
    void a_disk_with_too_little_room_takes_none() {
        Pictures full = new Pictures(folder.resolve("pictures"), Long.MAX_VALUE);
        assertThatThrownBy(() -> full.offered(LANE, ABC))
                .isInstanceOfSatisfying(
                        BlobRefusedException.class, e -> assertThat(e.reason()).isEqualTo(BlobRefusal.NO_ROOM));
    }

    @Test
    void length_is_one_byte_to_two_mebibytes() {
        assertThat(Arrays.asList(0, -1, Blob.MAX_LENGTH + 1))
                .allSatisfy(
                        length -> assertThatThrownBy(() -> named(1, length)).isInstanceOf(BlobRefusedException.class));
        assertThat(named(1, Blob.MAX_LENGTH).length()).isEqualTo(2_097_152);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
