package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.decision.naive.Draw;
import io.zhitong.decision.naive.Estate;
import io.zhitong.decision.naive.Reading;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the vectors and the random world say can stand on a device's lists, and each thing once. */
class EngineListsTest {

    @Test
    void every_estate_of_the_vectors_fits_on_lists() {
        List<Estate> estates =
                Reading.all().stream().map(Reading.Case::estate).distinct().toList();
        assertTrue(estates.size() >= 15, () -> "estates: " + estates.size());
        estates.forEach(EngineListsTest::keysAreDistinct);
    }

    @Test
    void random_estates_fit_on_lists() {
        LongStream.range(0, 2_000).mapToObj(seed -> Draw.of(seed).estate()).forEach(EngineListsTest::keysAreDistinct);
    }

    @Test
    void nothing_of_an_estate_is_lost_on_the_way() {
        Estate estate = Draw.of(7).estate();
        PolicyLists lists = EngineLists.of(estate);
        assertEquals(estate.credentials().size(), lists.all(AccessRecord.class).size());
        assertEquals(estate.groups().size(), lists.all(GroupRecord.class).size());
        assertEquals(estate.points().size(), lists.all(PointRecord.class).size());
        assertEquals(estate.entries().size(), lists.all(EntryRecord.class).size());
        assertEquals(estate.spaces().size(), lists.all(SpaceRecord.class).size());
    }

    /** Two records of a kind never begin with the same key bytes: one of them would not arrive. */
    private static void keysAreDistinct(Estate estate) {
        List<String> keys = EngineLists.of(estate).records().stream()
                .map(EngineListsTest::key)
                .toList();
        assertEquals(
                keys.size(), Stream.of(keys).flatMap(List::stream).distinct().count());
    }

    private static String key(ListRecord entry) {
        String bytes = HexFormat.of().formatHex(entry.canonical());
        return entry.kind() + " " + bytes.substring(0, 2 * entry.kind().keyLength());
    }
}
