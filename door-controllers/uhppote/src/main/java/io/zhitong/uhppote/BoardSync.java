package io.zhitong.uhppote;

import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.message.ActivateKeypads;
import io.zhitong.uhppote.message.AntiPassback;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.DeleteCard;
import io.zhitong.uhppote.message.Done;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.DoorSetting;
import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.RecordSpecialEvents;
import io.zhitong.uhppote.message.Request;
import io.zhitong.uhppote.message.SetAntiPassback;
import io.zhitong.uhppote.message.SetDoor;
import io.zhitong.uhppote.message.SetHostControl;
import io.zhitong.uhppote.message.SetInterlock;
import io.zhitong.uhppote.message.SetPasscodes;
import io.zhitong.uhppote.message.SetProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a board hold its plan (下发差异). Rights are taken before they are given: first cards that shall go, and cards whose profile
 * is about to mean other hours; then profiles, doors, cards. Interrupted at any place nobody has more than before or after. Not
 * thread-safe; used once.
 */
final class BoardSync {

    private final UdpDriver driver;
    private final BoardAddress board;
    private final BoardPlan plan;
    private final Map<Integer, DoorControl> standing;
    private boolean accepted = true;
    private int changes;

    /** @param standing what commands made of doors; those are left as they are */
    BoardSync(UdpDriver driver, BoardAddress board, BoardPlan plan, Map<Integer, DoorControl> standing) {
        this.driver = driver;
        this.board = board;
        this.plan = plan;
        this.standing = standing;
    }

    /** Whether the board took everything it was told. */
    boolean accepted() {
        return accepted;
    }

    /** How many cards, profiles and doors were written. */
    int changes() {
        return changes;
    }

    /** @param owners of which schedules the profiles on the board were made, as far as known */
    void apply(BoardReading held, Map<Integer, Set<Integer>> owners) {
        settings();
        Set<Integer> moved = moved(held, owners);
        held.cards().values().stream()
                .filter(card -> !plan.cards().containsKey(card.number())
                        || card.doors().stream().anyMatch(moved::contains))
                .forEach(this::delete);
        plan.profiles().values().stream()
                .filter(profile -> !profile.equals(held.profiles().get(profile.id())))
                .forEach(profile -> change(new SetProfile(board.serial(), profile)));
        held.doors().forEach(this::door);
        plan.cards().values().stream()
                .filter(card -> !card.equals(held.cards().get(card.number()))
                        || card.doors().stream().anyMatch(moved::contains))
                .forEach(card -> change(new PutCard(board.serial(), card)));
    }

    private Set<Integer> moved(BoardReading held, Map<Integer, Set<Integer>> owners) {
        Set<Integer> moved = new HashSet<>();
        for (BoardProfile profile : plan.profiles().values()) {
            boolean sameHours =
                    Objects.equals(owners.get(profile.id()), plan.owners().get(profile.id()));
            if (!sameHours && !profile.equals(held.profiles().get(profile.id()))) {
                moved.add(profile.id());
            }
        }
        return moved;
    }

    /** What cannot be read back is said every time: nobody opens by a code, the host decides nothing, leaves are recorded. */
    private void settings() {
        long serial = board.serial();
        List<Boolean> keypads = plan.doors().stream().map(DoorPlan::keypad).toList();
        tell(new SetHostControl(serial, false));
        tell(new RecordSpecialEvents(serial, true));
        tell(new SetAntiPassback(serial, AntiPassback.OFF));
        tell(new SetInterlock(serial, plan.interlock()));
        tell(new ActivateKeypads(serial, keypads));
        for (int door = 1; door <= Doors.COUNT; door++) {
            tell(new SetPasscodes(serial, door, List.of(0, 0, 0, 0)));
        }
    }

    private void delete(BoardCard card) {
        changes++;
        // "Not done" is also the answer when the first answer was lost: reading back tells.
        driver.ask(board, new DeleteCard(board.serial(), card.number()));
    }

    private void door(DoorSetting held) {
        DoorPlan wanted = plan.doors().get(held.door() - 1);
        DoorControl control = standing.getOrDefault(held.door(), wanted.control());
        if (held.control() != control || held.delay() != wanted.delay()) {
            changes++;
            driver.ask(board, new SetDoor(board.serial(), held.door(), control, wanted.delay()));
        }
    }

    private void change(Request<Done> request) {
        changes++;
        tell(request);
    }

    private void tell(Request<Done> request) {
        boolean done = driver.ask(board, request).done();
        accepted = accepted && done;
    }

    /** Whether what was read is what was planned. */
    boolean matches(BoardReading held) {
        return held.cards().equals(plan.cards())
                && held.profiles().equals(plan.profiles())
                && held.doors().stream().allMatch(this::matches);
    }

    private boolean matches(DoorSetting held) {
        DoorPlan wanted = plan.doors().get(held.door() - 1);
        return held.control() == standing.getOrDefault(held.door(), wanted.control()) && held.delay() == wanted.delay();
    }
}
