package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.smcrypto.Hex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Files of the card against arrays and lists in memory, over random commands and resets. */
class FileModelTest {

    private static byte[] drawn(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String upper(byte[] bytes) {
        return Hex.of(bytes).toUpperCase(Locale.ROOT);
    }

    @Property(tries = 25)
    void binary_file_is_an_array(@ForAll long seed) {
        Random random = new Random(seed);
        Bench card = Bench.blank();
        int size = 1 + random.nextInt(230);
        byte[] model = new byte[size];
        card.ok(String.format("80E00015072800%02XF0F0FF00", size));
        for (int step = 0; step < 60; step++) {
            int offset = random.nextInt(size + 4);
            int length = 1 + random.nextInt(size + 4);
            if (length > 230) {
                continue;
            }
            boolean inside = offset + length <= size;
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    byte[] data = drawn(random, length);
                    card.expect(
                            String.format("00D695%02X%02X%s", offset, length, upper(data)), inside ? "9000" : "6B00");
                    if (inside) {
                        System.arraycopy(data, 0, model, offset, length);
                    }
                }
                case 2, 3 -> card.expect(String.format("00B095%02X%02X", offset, length), read(model, offset, length));
                default -> card.reset();
            }
        }
        card.expect("00B0950000", upper(model) + "9000");
    }

    private static String read(byte[] model, int offset, int length) {
        if (offset >= model.length) {
            return "6B00";
        }
        int there = model.length - offset;
        return length > there
                ? String.format("6C%02X", there)
                : upper(Arrays.copyOfRange(model, offset, offset + length)) + "9000";
    }

    @Property(tries = 25)
    void cyclic_file_keeps_the_newest_and_forgets_the_oldest(@ForAll long seed) {
        Random random = new Random(seed);
        Bench card = Bench.blank();
        int count = 2 + random.nextInt(6);
        int length = 1 + random.nextInt(30);
        Deque<byte[]> model = new ArrayDeque<>();
        card.ok(String.format("80E00018072E%02X%02XF0F0FF00", count, length));
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    byte[] record = drawn(random, length);
                    card.ok(String.format("00E200C0%02X%s", length, upper(record)));
                    model.addFirst(record);
                    if (model.size() > count) {
                        model.removeLast();
                    }
                }
                case 2 -> {
                    int number = 1 + random.nextInt(count + 1);
                    List<byte[]> newestFirst = new ArrayList<>(model);
                    card.expect(
                            String.format("00B2%02XC4%02X", number, length),
                            number <= newestFirst.size() ? upper(newestFirst.get(number - 1)) + "9000" : "6A83");
                }
                default -> card.reset();
            }
        }
        assertEquals("6A83", card.send(String.format("00B2%02XC4%02X", count + 1, length)));
    }

    @Property(tries = 25)
    void variable_file_keeps_each_record_with_its_own_length(@ForAll long seed) {
        Random random = new Random(seed);
        Bench card = Bench.blank();
        int size = 20 + random.nextInt(80);
        List<byte[]> model = new ArrayList<>();
        card.ok(String.format("80E00017072C00%02XF0F0FF00", size));
        for (int step = 0; step < 40; step++) {
            byte[] record = drawn(random, 1 + random.nextInt(12));
            int number = 1 + random.nextInt(model.size() + 1);
            switch (random.nextInt(4)) {
                case 0 -> {
                    String answer = card.send(String.format("00E200B8%02X%s", record.length, upper(record)));
                    if (answer.equals("9000")) {
                        model.add(record);
                    } else {
                        assertEquals("6A84", answer);
                    }
                }
                case 1 -> {
                    boolean there = number <= model.size();
                    boolean fits = there && model.get(number - 1).length == record.length;
                    card.expect(
                            String.format("00DC%02XBC%02X%s", number, record.length, upper(record)),
                            fits ? "9000" : there ? "6700" : "6A83");
                    if (fits) {
                        model.set(number - 1, record);
                    }
                }
                case 2 ->
                    card.expect(
                            String.format("00B2%02XBC00", number),
                            number <= model.size() ? upper(model.get(number - 1)) + "9000" : "6A83");
                default -> card.reset();
            }
        }
        int used = model.stream().mapToInt(r -> r.length).sum();
        assertEquals(true, used <= size, "more in the file than its size");
    }
}
