package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobRefusal;
import io.zhitong.link.BlobRefusedException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BothDatabases
final class PicturesTest {
    private static final DeviceAddress LANE = DeviceAddress.of(1, 44);
    private static final CommunityId OTHER_COMMUNITY = new CommunityId(2);
    private static final DeviceAddress OTHER = DeviceAddress.of(1, 45);
    /** {@code printf abc | sha256sum}. */
    private static final Blob ABC =
            new Blob(Octets.of(Hex.parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")), 3);

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDevices devices = new TestDevices();
    private final TestDatabase database;
    private final TestEstate estate;
    private Pictures pictures;

    PicturesTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
    }

    @BeforeEach
    void open() {
        pictures = pictures(1);
    }

    /** As after a restart: nothing is remembered. */
    private Pictures pictures(long leastFree) {
        return new Pictures(folder.resolve("pictures"), keys(), leastFree);
    }

    private PictureKeys keys() {
        return new PictureKeys(database.jdbc(), devices.vault(), estate.estate(), clock);
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
        Pictures again = pictures(1);
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
        Pictures full = pictures(Long.MAX_VALUE);
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

    // ---- at rest

    private static final byte[] SECRET =
            "a face that nobody may see ".repeat(40).getBytes(StandardCharsets.US_ASCII);

    private static Blob secret() throws NoSuchAlgorithmException {
        return new Blob(Octets.of(MessageDigest.getInstance("SHA-256").digest(SECRET)), SECRET.length);
    }

    private void take(Pictures into) throws NoSuchAlgorithmException {
        into.offered(LANE, secret());
        int at = 0;
        for (int length : new int[] {1, 15, 16, 17, 333, SECRET.length - 382}) {
            at = into.append(LANE, secret(), at, Arrays.copyOfRange(SECRET, at, at + length));
        }
        assertThat(at).isEqualTo(SECRET.length);
    }

    @Test
    void neither_a_whole_nor_a_half_picture_lies_on_the_disk_in_clear() throws Exception {
        pictures.offered(LANE, secret());
        pictures.append(LANE, secret(), 0, Arrays.copyOf(SECRET, 500));
        assertThat(text(files().get(0))).startsWith("ZTP1").doesNotContain("face");
        pictures = pictures(1);
        pictures.append(LANE, secret(), 500, Arrays.copyOfRange(SECRET, 500, SECRET.length));
        assertThat(text(files().get(0))).startsWith("ZTP1").doesNotContain("face", "nobody");
        assertThat(pictures.read(LANE, secret().name())).contains(SECRET);
        Path planted = Files.write(folder.resolve("planted"), SECRET);
        assertThat(text(planted)).as("what this test looks for would be found").contains("face");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** An independent witness: openssl knows nothing of our code. */
    @Test
    void openssl_reads_what_was_written_with_the_unwrapped_key_and_the_nonce_of_the_file() throws Exception {
        take(pictures);
        byte[] file = Files.readAllBytes(files().get(0));
        byte[] key = keys().key(LANE.community(), 1).orElseThrow().export(SecretAccess.TOKEN);
        Path sealed = Files.write(folder.resolve("sealed"), Arrays.copyOfRange(file, PictureFile.HEADER, file.length));
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "enc",
                        "-d",
                        "-sm4-ctr",
                        "-in",
                        sealed.toString(),
                        "-K",
                        Hex.of(key),
                        "-iv",
                        Hex.of(Arrays.copyOfRange(file, 12, 24)) + "00000000")
                .redirectErrorStream(true)
                .start();
        assertThat(openssl.getInputStream().readAllBytes()).isEqualTo(SECRET);
    }

    @Test
    void two_pictures_of_one_content_look_different_and_a_changed_byte_is_no_picture() throws Exception {
        take(pictures);
        Path first = files().get(0);
        byte[] before = Files.readAllBytes(first);
        Files.delete(first);
        take(pictures);
        byte[] after = Files.readAllBytes(first);
        assertThat(Arrays.mismatch(before, after)).as("the nonce").isBetween(12, 23);
        after[after.length - 1] ^= 1;
        Files.write(first, after);
        assertThat(pictures.read(LANE, secret().name())).isEmpty();
    }

    @Test
    void without_the_vault_no_picture_begins_and_those_that_are_there_are_read_by_who_knows_the_key() throws Exception {
        take(pictures);
        devices.away(true);
        assertThat(pictures.read(LANE, secret().name())).contains(SECRET);
        Pictures thief = pictures(1);
        assertThatThrownBy(() -> thief.read(LANE, secret().name())).isInstanceOf(KeyServiceException.class);
        assertThatThrownBy(() -> thief.offered(LANE, ABC))
                .isInstanceOfSatisfying(
                        BlobRefusedException.class, e -> assertThat(e.reason()).isEqualTo(BlobRefusal.NO_ROOM));
        devices.away(false);
        assertThat(thief.read(LANE, secret().name())).contains(SECRET);
    }

    @Test
    void a_key_serves_a_month_and_follows_the_master_to_its_next_version() throws Exception {
        take(pictures);
        clock.advance(Duration.ofDays(31));
        pictures.offered(OTHER, ABC);
        pictures.append(OTHER, ABC, 0, bytes("abc"));
        assertThat(versions()).containsExactly("1 1", "2 1");
        devices.rotated(2);
        assertThat(keys().rewrap(LANE.community())).isEqualTo(2);
        assertThat(keys().rewrap(LANE.community())).isZero();
        assertThat(versions()).containsExactly("1 2", "2 2");
        assertThat(pictures(1).read(LANE, secret().name())).contains(SECRET);
    }

    private List<String> versions() {
        return database.jdbc()
                .sql("select number || ' ' || master_version from picture_key order by number")
                .query(String.class)
                .list();
    }

    @Test
    void key_of_one_community_opens_under_no_other_and_a_changed_one_under_none() throws Exception {
        take(pictures);
        database.jdbc().sql("update picture_key set number = 2").update();
        assertThatThrownBy(() -> keys().key(LANE.community(), 2)).isInstanceOf(RuntimeException.class);
        assertThat(keys().key(OTHER_COMMUNITY, 1)).isEmpty();
    }

    // ---- retention

    @Test
    void after_ninety_days_a_picture_is_gone_and_its_key_a_month_later_and_the_audit_says_so() throws Exception {
        take(pictures);
        Files.setLastModifiedTime(files().get(0), FileTime.from(clock.instant()));
        PictureRetention retention =
                new PictureRetention(pictures, keys(), estate.estate(), TestAudit.log(database, clock), clock);
        clock.advance(Duration.ofDays(89));
        retention.round();
        assertThat(files()).hasSize(1);
        clock.advance(Duration.ofDays(2));
        retention.round();
        assertThat(files()).isEmpty();
        assertThat(versions()).hasSize(1);
        clock.advance(Duration.ofDays(30));
        retention.round();
        assertThat(versions()).isEmpty();
        assertThat(database.jdbc()
                        .sql("select action || ': ' || before_text from audit_entry where action like 'pictures.%'"
                                + " order by number")
                        .query(String.class)
                        .list())
                .containsExactly("pictures.remove: 1 pictures until 2026-05-02T08:00:00Z", "pictures.keys.remove: ");
    }

    @Test
    void a_picture_whose_key_was_removed_is_nobodys_and_comes_anew() throws Exception {
        pictures.offered(LANE, secret());
        pictures.append(LANE, secret(), 0, Arrays.copyOf(SECRET, 500));
        database.jdbc().sql("delete from picture_key").update();
        Pictures again = pictures(1);
        assertThat(again.offered(LANE, secret())).isZero();
        take(again);
        assertThat(again.read(LANE, secret().name())).contains(SECRET);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
