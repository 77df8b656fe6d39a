package io.zhitong.uhppote;

import io.zhitong.accessmodel.Hash;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.CardAnswer;
import io.zhitong.uhppote.message.DoorSetting;
import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.GetCardAt;
import io.zhitong.uhppote.message.GetDoor;
import io.zhitong.uhppote.message.GetProfile;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.SetProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything of a board that can be read back (回读): cards by place, the profiles asked for, the doors.
 *
 * @param cards by number
 * @param profiles by id, only those asked for
 */
record BoardReading(Map<Long, BoardCard> cards, Map<Integer, BoardProfile> profiles, List<DoorSetting> doors) {

    /** A board that says for ever that there is one more card is not believed. */
    private static final long MOST_PLACES = 200_000;

    static BoardReading of(UdpDriver driver, BoardAddress board, Iterable<Integer> profileIds) {
        Map<Integer, BoardProfile> profiles = new TreeMap<>();
        for (int id : profileIds) {
            driver.ask(board, new GetProfile(board.serial(), id)).profile().ifPresent(each -> profiles.put(id, each));
        }
        List<DoorSetting> doors = new ArrayList<>();
        for (int door = 1; door <= Doors.COUNT; door++) {
            doors.add(driver.ask(board, new GetDoor(board.serial(), door)));
        }
        return new BoardReading(cards(driver, board), profiles, doors);
    }

    private static Map<Long, BoardCard> cards(UdpDriver driver, BoardAddress board) {
        Map<Long, BoardCard> cards = new TreeMap<>();
        for (long place = 1; place <= MOST_PLACES; place++) {
            CardAnswer answer = driver.ask(board, new GetCardAt(board.serial(), place));
            if (answer.card().isEmpty() && !answer.deleted()) {
                break;
            }
            answer.card().ifPresent(each -> cards.put(each.number(), each));
        }
        return cards;
    }

    /** SM3 over profiles and cards as they go over the wire, rising; serial 1, so that equal boards have equal ones. */
    Hash fingerprint() {
        List<byte[]> parts = new ArrayList<>();
        profiles.values().forEach(each -> parts.add(new SetProfile(1, each).encode()));
        cards.values().forEach(each -> parts.add(new PutCard(1, each).encode()));
        doors.forEach(each ->
                parts.add(new DoorSetting(each.function(), 1, each.door(), each.control(), each.delay()).encode()));
        return Hash.of(Sm3.hash(parts.toArray(byte[][]::new)));
    }
}
