package io.zhitong.zt.decide;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A value of a JSON file that knows its line (带行号的 JSON 值). */
final class Json {

    private static final long LONGEST_FILE = 16 << 20;

    private final Path file;
    private final Map<String, Integer> lines;
    private final String pointer;
    private final JsonNode node;

    private Json(Path file, Map<String, Integer> lines, String pointer, JsonNode node) {
        this.file = file;
        this.lines = lines;
        this.pointer = pointer;
        this.node = node;
    }

    /** @throws CommandFailure with file and line if it cannot be read or is no JSON */
    static Json read(Path file) {
        if (!Files.isRegularFile(file)
                || !Files.isReadable(file)
                || file.toFile().length() > LONGEST_FILE) {
            throw new CommandFailure(ExitStatus.USAGE, file + ": cannot be read 无法读取文件");
        }
        try {
            return new Json(file, lines(file), "", JsonMapper.shared().readTree(file));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new CommandFailure(ExitStatus.USAGE, file + ":" + line + ": no JSON 不是 JSON", e);
        }
    }

    private static Map<String, Integer> lines(Path file) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = JsonMapper.shared().createParser(file)) {
            while (parser.nextToken() != null) {
                lines.putIfAbsent(
                        parser.streamReadContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }

    CommandFailure bad(String what) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return new CommandFailure(
                ExitStatus.USAGE, file + ":" + lines.getOrDefault(at, 1) + ": " + pointer + " " + what);
    }

    /** Makes something of it; what does not fit is told with the line. */
    <T> T as(Function<Json, T> make) {
        try {
            return make.apply(this);
        } catch (CommandFailure e) {
            throw e;
        } catch (RuntimeException e) { // values refused by the types they are made into
            throw bad("is not what is expected here 内容不符合要求: " + e.getMessage());
        }
    }

    boolean has(String field) {
        return node.has(field);
    }

    Json at(String field) {
        return new Json(file, lines, pointer + "/" + field, node.path(field));
    }

    /** Those fields and no other. */
    Json only(String... fields) {
        object();
        Set<String> known = Set.copyOf(Arrays.asList(fields));
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw at(name).bad("is not a field here 未知字段");
            }
        }
        return this;
    }

    private Json object() {
        if (!node.isObject() && !node.isMissingNode()) {
            throw bad("is not an object 应为对象");
        }
        return this;
    }

    <T> List<T> each(String field, Function<Json, T> make) {
        JsonNode array = node.path(field);
        if (!array.isArray() && !array.isMissingNode()) {
            throw at(field).bad("is not a list 应为列表");
        }
        return IntStream.range(0, array.size())
                .mapToObj(i -> new Json(file, lines, pointer + "/" + field + "/" + i, array.path(i)).as(make))
                .toList();
    }

    <T> Map<Integer, T> byNumber(String field, Function<Json, T> make) {
        return names(field).stream()
                .collect(Collectors.toMap(
                        Integer::valueOf, name -> at(field).at(name).as(make)));
    }

    Set<String> names(String field) {
        return at(field).object().node.propertyNames().stream().collect(Collectors.toSet());
    }

    String text() {
        return node.asString();
    }

    String text(String field, String otherwise) {
        return node.path(field).asString(otherwise);
    }

    <E extends Enum<E>> E one(Class<E> type, String field, E otherwise) {
        return has(field) ? at(field).as(json -> Enum.valueOf(type, json.text())) : otherwise;
    }

    long number(String field, long otherwise) {
        return has(field) ? at(field).as(json -> json.node.asLong()) : otherwise;
    }

    int small(String field, int otherwise) {
        return Math.toIntExact(number(field, otherwise));
    }

    boolean yes(String field, boolean otherwise) {
        JsonNode word = node.path(field);
        if (!word.isBoolean() && !word.isMissingNode()) {
            throw at(field).bad("is neither true nor false 应为 true 或 false");
        }
        return word.asBoolean(otherwise);
    }

    /** Unix seconds of an ISO time with its offset. */
    long second(String field, long otherwise) {
        return has(field)
                ? at(field).as(json -> OffsetDateTime.parse(json.text()).toEpochSecond())
                : otherwise;
    }

    int tenths(String field, int otherwise) {
        ToIntFunction<Json> read = json -> (int) Math.round(json.node.asDouble() * 10);
        return has(field) ? at(field).as(read::applyAsInt) : otherwise;
    }

    int whole() {
        return node.asInt();
    }

    long count() {
        return node.asLong();
    }
}
