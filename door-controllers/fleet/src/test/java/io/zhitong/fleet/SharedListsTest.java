package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.decision.Policy;
import io.zhitong.machinetls.MachineProfile;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Equal lists are in memory once and compiled once. */
final class SharedListsTest {
    private static final FleetEstate ESTATE = FleetEstate.create(MachineProfile.SM2);

    private final FleetLists lists = new FleetLists(ESTATE, 100);
    private final SharedLists shared = new SharedLists();

    /** As a controller would have fetched it: nothing in common with another's but the bytes. */
    private SignedList fetched(int device, ListKind kind) {
        SignedList list = lists.of(DeviceAddress.of(FleetEstate.COMMUNITY, device), kind);
        return SignedList.join(
                ListHeader.decode(list.header().encode()), list.tree().records());
    }

    private Map<ListKind, SignedList> all(int device) {
        Map<ListKind, SignedList> all = new EnumMap<>(ListKind.class);
        lists.kinds().forEach(kind -> all.put(kind, shared.of(fetched(device, kind))));
        return all;
    }

    @Test
    void two_controllers_with_the_same_records_hold_one_tree_under_two_headers() {
        SignedList one = shared.of(fetched(1, ListKind.ACCESS));
        SignedList other = shared.of(fetched(2, ListKind.ACCESS));
        assertSame(one.tree(), other.tree());
        assertEquals(2, other.header().device().value());
    }

    @Test
    void lists_that_were_not_shared_are_two_trees() {
        assertNotSame(
                fetched(1, ListKind.ACCESS).tree(), fetched(2, ListKind.ACCESS).tree());
    }

    @Test
    void a_changed_list_is_another_tree_of_the_same_content_elsewhere() {
        SignedList before = shared.of(fetched(1, ListKind.ACCESS));
        lists.change(FleetLists.numbers(100).get(3), false);
        SignedList after = shared.of(fetched(1, ListKind.ACCESS));
        assertNotEquals(before.tree().root(), after.tree().root());
        assertEquals(1, after.tree().differing(before.tree()).size());
    }

    @Test
    void equal_lists_are_compiled_once_and_a_change_makes_one_more() {
        Policy first = shared.policy(all(1));
        assertSame(first, shared.policy(all(2)));
        lists.change(FleetLists.numbers(100).get(3), false);
        Policy next = shared.policy(all(1));
        assertNotSame(first, next);
        assertSame(next, shared.policy(all(7)));
        assertTrue(first.listed(FleetLists.numbers(100).get(3)).isPresent());
    }
}
