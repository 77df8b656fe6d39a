package io.zhitong.backend.pictures.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.backend.devices.Pictures;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.pictures.EventPicture;
import io.zhitong.backend.pictures.EventPictures;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.link.Blob;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the bulk lane and the journal to the page, beside a real vault. */
final class PicturePageTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    /** Lies behind the frame header of the picture, where a comment may lie. */
    private static final String FACE = "a face that nobody may see";

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");
    private final SecureRandom random = new SecureRandom();
    private final TestJournal journal = new TestJournal(1, 42, random.nextLong() & Long.MAX_VALUE);

    /** A JPEG that no other test has. */
    private byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        byte[] plain = out.toByteArray();
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(plain, 0, 2);
        marked.write(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (FACE.length() + 2)});
        marked.write(FACE.getBytes(StandardCharsets.US_ASCII));
        marked.write(plain, 2, plain.length - 2);
        return marked.toByteArray();
    }

    private static Octets name(byte[] picture) throws Exception {
        return Octets.of(MessageDigest.getInstance("SHA-256").digest(picture));
    }

    /** As the link hands it over. */
    private void arrived(byte[] picture) throws Exception {
        Pictures pictures = backend.bean(Pictures.class);
        Blob blob = new Blob(name(picture), picture.length);
        int at = pictures.offered(DOOR, blob);
        while (at < picture.length) {
            at = pictures.append(DOOR, blob, at, Arrays.copyOfRange(picture, at, Math.min(picture.length, at + 1_000)));
        }
    }

    private void denied() {
        AccessEvent event = new AccessEvent(
                Outcome.DENIED,
                DenyReason.UNKNOWN_CREDENTIAL,
                Optional.of(CredentialNumber.parse("4403019900000001")),
                AccessMethod.SEALED,
                CarrierLevel.NONE,
                new ListVersion(1, 1),
                List.of(),
                Octets.EMPTY);
        journal.write(event.kind(), 1, event.encode(), Instant.now(), ClockQuality.SYNCHRONISED);
    }

    /** The event and the record that names its picture, stored and read; the picture's row. */
    private EventPicture named(byte[] picture, EventKind kind) throws Exception {
        if (kind == EventKind.ACCESS_DENIED) {
            denied();
        } else {
            journal.write(kind, 1, new byte[0], Instant.now(), ClockQuality.SYNCHRONISED);
        }
        long of = journal.records().size();
        byte[] body = new PictureTaken(of, picture.length, name(picture)).encode();
        journal.write(EventKind.PICTURE_TAKEN, 1, body, Instant.now(), ClockQuality.SYNCHRONISED);
        backend.bean(EventStore.class).append(ONE, journal.device(), journal.id(), journal.records());
        Octets name = name(picture);
        Eventually.holds("the record is read", () -> found(name).isPresent());
        return found(name).orElseThrow();
    }

    private Optional<EventPicture> found(Octets name) {
        return backend.bean(EventPictures.class).before(ONE, Long.MAX_VALUE, 20).stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private List<String> views(EventPicture picture) {
        return backend.bean(JdbcClient.class)
                .sql("select actor || ': ' || after_text from audit_entry where action = 'pictures.view'"
                        + " and subject = ? order by number")
                .param("event " + picture.event())
                .query(String.class)
                .list();
    }

    @Test
    void picture_of_a_denial_is_led_to_shown_as_the_camera_made_it_and_each_look_is_in_the_audit() throws Exception {
        byte[] taken = picture();
        arrived(taken);
        EventPicture picture = named(taken, EventKind.ACCESS_DENIED);
        String page = "/pictures/" + picture.event();
        assertThat(property.get("/why/" + picture.event()).body()).contains("href=\"" + page + "\"");
        assertThat(property.get("/pictures?lang=zh-CN").body()).contains("href=\"" + page + "\"", "卡未登记", "1号楼大门");
        assertThat(property.get(page).body())
                .contains("卡未登记", "data-state=\"HERE\"")
                .doesNotContain("<img class=\"picture");
        assertThat(views(picture)).as("nobody has looked yet").isEmpty();
        String shown = property.get(page + "?shown=true&why=%3Cb%3E").body();
        assertThat(shown).contains("src=\"/pictures/image/" + picture.position() + "?why=%3Cb%3E\"");
        HttpResponse<byte[]> image = property.bytes("/pictures/image/" + picture.position() + "?why=%3Cb%3E");
        assertThat(image.body()).isEqualTo(taken);
        assertThat(image.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(image.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(image.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(image.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        backend.browser().as("auditor").bytes("/pictures/image/" + picture.position());
        assertThat(views(picture)).containsExactly("property: <b>", "auditor: ");
    }

    @Test
    void alarm_with_a_picture_leads_to_it_and_one_without_does_not() throws Exception {
        byte[] taken = picture();
        EventPicture picture = named(taken, EventKind.FORCED_OPEN);
        String link = "href=\"/pictures/" + picture.event() + "\"";
        Eventually.holds(
                "the alarm is read",
                () -> property.get("/alarms?show=all").body().contains("data-position=\"" + picture.event() + "\""));
        assertThat(property.get("/alarms?show=all").body()).contains(link);
        assertThat(property.get("/pictures/" + picture.event()).body()).contains("data-state=\"AWAITED\"");
        assertThat(property.get("/pictures/image/" + picture.position()).statusCode())
                .as("not here yet")
                .isEqualTo(404);
        assertThat(property.get("/pictures/" + picture.position()).statusCode())
                .as("the record that names it has none itself")
                .isEqualTo(404);
        assertThat(views(picture)).isEmpty();
    }

    @Test
    void what_is_no_picture_is_not_served_whatever_its_name_and_nobody_else_sees_any() throws Exception {
        byte[] page = ("<script>alert(1)</script>" + random.nextLong()).getBytes(StandardCharsets.US_ASCII);
        arrived(page);
        EventPicture picture = named(page, EventKind.ACCESS_DENIED);
        assertThat(property.get("/pictures/image/" + picture.position()).statusCode())
                .isEqualTo(404);
        for (String login : List.of("desk", "finance", "key_officer")) {
            Browser other = backend.browser().as(login);
            assertThat(other.get("/pictures").statusCode()).as(login).isNotEqualTo(200);
            assertThat(other.get("/pictures/image/" + picture.position()).statusCode())
                    .as(login)
                    .isNotEqualTo(200);
        }
        assertThat(views(picture)).isEmpty();
    }

    @Test
    void no_clear_picture_lies_anywhere_on_the_disk_of_the_backend() throws Exception {
        byte[] taken = picture();
        arrived(taken);
        assertThat(holding(FACE)).isEmpty();
        Path planted = Files.write(backend.data().resolve("planted"), taken);
        assertThat(holding(FACE)).as("what is looked for is found").containsExactly(planted);
        Files.delete(planted);
    }

    private List<Path> holding(String text) throws IOException {
        try (Stream<Path> all = Files.walk(backend.data())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
