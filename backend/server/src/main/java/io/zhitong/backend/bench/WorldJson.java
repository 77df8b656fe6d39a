package io.zhitong.backend.bench;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.bench.WorldState.Pulse;
import io.zhitong.backend.bench.WorldState.Words;
import io.zhitong.backend.bench.WorldState.WorldCard;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the driver's answers to LIST, RELAYS and TOLD, docs/readers.md. */
final class WorldJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private WorldJson() {}

    /** @throws tools.jackson.core.JacksonException if an answer is no JSON */
    static WorldState parse(String list, String relays, String told) {
        JsonNode world = MAPPER.readTree(list);
        return new WorldState(
                each(world.path("readers"), JsonNode::asString),
                each(world.path("cards"), WorldJson::card),
                each(MAPPER.readTree(relays), WorldJson::pulse),
                each(MAPPER.readTree(told), WorldJson::words));
    }

    private static Words words(JsonNode told) {
        return new Words(
                told.path("reader").asString(),
                told.path("signal").asString(""),
                told.path("text").asString(""),
                told.path("at").asLong());
    }

    private static WorldCard card(JsonNode card) {
        String reader = card.path("reader").asString("");
        return new WorldCard(
                card.path("name").asString(),
                card.path("profile").asString(""),
                reader.isEmpty() ? Optional.empty() : Optional.of(reader));
    }

    private static Pulse pulse(JsonNode pulse) {
        return new Pulse(
                new DeviceId(pulse.path("device").asLong()),
                new PointId(pulse.path("point").asInt()),
                pulse.path("pulseMillis").asLong(),
                pulse.path("at").asLong());
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        return StreamSupport.stream(array.spliterator(), false).map(read).toList();
    }
}
