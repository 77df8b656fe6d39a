package io.zhitong.virtualcard.world;

import io.zhitong.cardspec.ReaderNotice;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The requests of the card world that carry JSON (世界操作), docs/readers.md. */
final class WorldRequests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] DONE = {};

    private final CardWorld world;
    private final LineLog relays;
    private final LineLog words;
    private final InstantSource clock;

    WorldRequests(CardWorld world, LineLog relays, LineLog words, InstantSource clock) {
        this.world = world;
        this.relays = relays;
        this.words = words;
        this.clock = clock;
    }

    byte[] list() {
        List<String> readers = world.readers().stream().map(WorldReader::name).toList();
        List<Map<String, String>> cards = new ArrayList<>();
        for (WorldCard card : world.cards()) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("name", card.name());
            entry.put("profile", card.profile());
            world.placeOf(card.name()).ifPresent(reader -> entry.put("reader", reader.name()));
            cards.add(entry);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("readers", readers);
        answer.put("cards", cards);
        return JSON.writeValueAsBytes(answer);
    }

    byte[] make(byte[] body) {
        JsonNode request = parse(body);
        world.make(text(request, "name"), text(request, "profile"));
        return DONE;
    }

    byte[] insert(byte[] body) {
        JsonNode request = parse(body);
        world.insert(text(request, "card"), text(request, "reader"));
        return DONE;
    }

    byte[] remove(byte[] body) {
        world.remove(text(parse(body), "reader"));
        return DONE;
    }

    byte[] relay(byte[] body) {
        JsonNode request = parse(body);
        Map<String, Object> pulse = new LinkedHashMap<>();
        pulse.put("device", number(request, "device", 0xFFFFFFFFL));
        pulse.put("point", number(request, "point", 0xFFFF));
        pulse.put("pulseMillis", number(request, "pulseMillis", 86_400_000));
        append(relays, pulse);
        return DONE;
    }

    byte[] relays() {
        return relays.asJson().getBytes(StandardCharsets.UTF_8);
    }

    /** Simulated readers have all means. */
    byte[] tell(WorldReader reader, byte[] body) {
        ReaderNotice notice = ReaderNotice.decode(body);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("reader", reader.name());
        told.put("signal", notice.signal().name());
        told.put("text", notice.text());
        append(words, told);
        return new byte[] {(byte) ReaderNotice.Means.bits(EnumSet.allOf(ReaderNotice.Means.class))};
    }

    byte[] told() {
        return words.asJson().getBytes(StandardCharsets.UTF_8);
    }

    private void append(LineLog log, Map<String, Object> what) {
        what.put("at", clock.millis());
        log.append(JSON.writeValueAsString(what));
    }

    byte[] tear(byte[] body) {
        JsonNode request = parse(body);
        int operation = (int) number(request, "operation", 1_000_000);
        if (operation < 1) {
            throw WorldFault.badRequest("expected an operation from 1");
        }
        world.reader(text(request, "reader")).tear(operation);
        return DONE;
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw WorldFault.badRequest("expected a JSON object");
        }
        throw WorldFault.badRequest("expected a JSON object");
    }

    private static String text(JsonNode request, String field) {
        JsonNode value = request.get(field);
        if (value == null || !value.isString()) {
            throw WorldFault.badRequest("expected a text in field " + field);
        }
        return value.asString();
    }

    private static long number(JsonNode request, String field, long most) {
        JsonNode value = request.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw WorldFault.badRequest("expected a whole number in field " + field);
        }
        if (value.asLong() < 0 || value.asLong() > most) {
            throw WorldFault.badRequest("expected 0 to " + most + " in field " + field);
        }
        return value.asLong();
    }
}
