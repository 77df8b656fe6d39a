package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.uhppote.emulator.BoardEmulator;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.emulator.BoardServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulated board under the npm package uhppoted 0.7.2, which knows nothing of our code. */
final class PublicClientIT {
    private static final String DEVICE = "{\"deviceId\":405419896,";
    private static Map<String, String> said = Map.of();

    @BeforeAll
    static void drive(@TempDir Path folder) throws IOException, InterruptedException {
        NodePeer.prepare();
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T02:00:00Z"), Rig.ZONE);
        try (BoardEmulator board =
                        BoardEmulator.open(BoardIdentity.usual(Rig.SERIAL, Rig.ZONE), folder.resolve("board"), clock);
                BoardServer server = BoardServer.start(Rig.ANY, board)) {
            said = NodePeer.run(
                    "client.cjs",
                    String.valueOf(server.address().getPort()),
                    String.valueOf(Rig.SERIAL),
                    String.valueOf(freePort()));
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(Rig.ANY)) {
            return socket.getLocalPort();
        }
    }

    private static void says(String step, String rest) {
        assertEquals(DEVICE + rest, said.get(step), step);
    }

    @Test
    void it_finds_the_board() {
        String device = "\"device\":{\"serialNumber\":405419896,\"address\":\"127.0.0.1\",\"netmask\":\"255.0.0.0\","
                + "\"gateway\":\"127.0.0.1\",\"MAC\":\"00:66:19:39:55:2d\",\"version\":\"0892\",\"date\":\"2018-11-05\"}}";
        says("device", device);
        assertEquals("[" + DEVICE + device + "]", said.get("devices"));
    }

    @Test
    void it_sets_and_reads_the_clock() {
        says("setTime", "\"datetime\":\"2026-05-04 12:34:56\"}");
        says("getTime", "\"datetime\":\"2026-05-04 12:34:56\"}");
    }

    @Test
    void it_sets_and_reads_a_door() {
        String closed = "\"doorControlState\":{\"door\":3,\"delay\":7,"
                + "\"control\":{\"value\":2,\"state\":\"normally closed\"}}}";
        says("setDoor", closed);
        says("getDoor", closed);
    }

    @Test
    void it_writes_a_profile_and_reads_it_back() {
        says("profile", "\"updated\":true}");
        says(
                "getProfile",
                "\"profile\":{\"id\":29,\"valid\":{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"},"
                        + "\"weekdays\":[\"Monday\",\"Wednesday\"],\"segments\":[{\"start\":\"08:30\",\"end\":\"11:45\"},"
                        + "{\"start\":\"13:15\",\"end\":\"17:25\"}],\"linkedTo\":30}}");
        says("noProfile", "\"profile\":null}");
        says("clearProfiles", "\"cleared\":true}");
    }

    @Test
    void it_writes_cards_and_reads_them_back() {
        says("put1", "\"stored\":true}");
        says("put2", "\"stored\":true}");
        says("cards", "\"cards\":2}");
        says(
                "card",
                "\"card\":{\"number\":8165538,\"valid\":{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"},"
                        + "\"doors\":{\"1\":true,\"2\":false,\"3\":29,\"4\":true}}}");
        says(
                "at2",
                "\"card\":{\"number\":4294967294,\"valid\":{\"from\":\"2026-01-01\",\"to\":\"2100-02-28\"},"
                        + "\"doors\":{\"1\":true,\"2\":true,\"3\":true,\"4\":true}}}");
        says("noCard", noCard(0));
    }

    @Test
    void it_deletes_cards_and_finds_the_empty_place() {
        says("deleteCard", "\"deleted\":true}");
        says("deletedAt1", noCard(4294967295L));
        says("deleteCards", "\"deleted\":true}");
        says("cardsNow", "\"cards\":0}");
    }

    private static String noCard(long number) {
        return "\"card\":{\"number\":" + number + ",\"valid\":{\"from\":\"\",\"to\":\"\"},"
                + "\"doors\":{\"1\":false,\"2\":false,\"3\":false,\"4\":false}}}";
    }

    @Test
    void it_opens_a_door_but_not_one_held_closed() {
        says("open", "\"opened\":true}");
        says("openClosed", "\"opened\":false}");
    }

    @Test
    void it_reads_events_by_index_and_hears_them_as_they_happen() {
        says("events", "\"first\":1,\"last\":2}");
        says(
                "event",
                "\"event\":{\"index\":1,\"type\":{\"code\":2,\"event\":\"door\"},\"granted\":true,\"door\":1,"
                        + "\"direction\":{\"code\":1,\"direction\":\"in\"},\"card\":0,"
                        + "\"timestamp\":\"2026-05-04 12:34:56\","
                        + "\"reason\":{\"code\":44,\"reason\":\"remote open door\"}}}");
        assertEquals("{\"error\":\"405419896:99  event does not exist\"}", said.get("noEvent"));
        assertEquals("[1,2]", said.get("heard"));
        says("setIndex", "\"updated\":true}");
        says("getIndex", "\"index\":2}");
    }

    @Test
    void it_reads_the_status() {
        String status = String.valueOf(said.get("status"));
        assertEquals(true, status.contains("\"system\":{\"status\":0,\"date\":\"2026-05-04\",\"time\":\"12:34:56\"}"));
        assertEquals(true, status.contains("\"relays\":{\"state\":1,"), status);
        assertEquals(true, status.contains("\"doors\":{\"1\":false,\"2\":false,\"3\":false,\"4\":false}"));
    }

    @Test
    void it_writes_tasks_and_recording_of_leaves() {
        says("special", "\"updated\":true}");
        says("addTask", "\"added\":true}");
        says("refreshTasks", "\"refreshed\":true}");
        says("clearTasks", "\"cleared\":true}");
    }
}
