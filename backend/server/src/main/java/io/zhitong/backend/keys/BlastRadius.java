package io.zhitong.backend.keys;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.CommunityScope;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What falls if something is lost (失密影响面): asked for a module, a device, a card, or a master that lay on a mother card. */
@Component
public class BlastRadius {
    /** How far what is lost reaches. */
    public enum Reach {
        ONE_CARD("仅该卡自身的密钥；挂失即可，不需轮换", "the card's own keys only: report the loss, nothing is rotated"),
        MASTERS("持有者可得到主密钥：须轮换到新版本", "whoever opens it has the masters: rotate to a new version"),
        NO_KEY("不含卡密钥：吊销其机器证书即可", "no card key in it: revoke its machine certificate");

        private final String chinese;
        private final String english;

        Reach(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }

    /**
     * The answer.
     *
     * @param what was lost, as it was asked
     * @param keys it holds, or leads to
     * @param cards in use that hold a key below one of them, in every community they reach
     * @param terminals modules in use that hold one of them too, the lost one left out
     * @param fastDoors doors of the community that a fast key opens, {@code device/point name}
     * @param fastDoorsWithoutSam those whose device has no module on record: they hold no key and deny
     */
    public record Answer(
            String what,
            Reach reach,
            List<KeyRef> keys,
            long cards,
            List<SamRow> terminals,
            List<String> fastDoors,
            List<String> fastDoorsWithoutSam) {}

    private final Estate estate;
    private final KeyHoldings holdings;

    BlastRadius(Estate estate, KeyHoldings holdings) {
        this.estate = estate;
        this.holdings = holdings;
    }

    /** A PSAM or access SAM by its serial, 20 hex digits. */
    public Optional<Answer> ofSam(CommunityId id, String serial) {
        return holdings.sam(id, serial)
                .map(sam -> masters(id, sam.kind() + " " + serial, masters(id, List.of(sam)), List.of(sam)));
    }

    /** A controller or till: the modules in it. */
    public Optional<Answer> ofDevice(CommunityId id, DeviceId device) {
        if (estate.device(new DeviceAddress(id, device)).isEmpty()) {
            return Optional.empty();
        }
        List<SamRow> in = holdings.sams(id).stream()
                .filter(sam -> sam.device().filter(device::equals).isPresent())
                .toList();
        return Optional.of(masters(id, "device " + device.value(), masters(id, in), in));
    }

    /** A card by its number. */
    public Optional<Answer> ofCard(CommunityId id, CredentialNumber number) {
        return holdings.card(id, number)
                .map(versions -> new Answer(
                        "card " + number,
                        Reach.ONE_CARD,
                        CardUsages.ON_CARDS.stream()
                                .map(usage -> new KeyRef(usage, versions.of(usage), List.of()))
                                .toList(),
                        1,
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** A master, wherever it lay: on a mother card, in a lost component set. */
    public Answer ofMaster(CommunityId id, KeyRef master) {
        return masters(id, master.text(), List.of(master), List.of());
    }

    private List<KeyRef> masters(CommunityId id, List<SamRow> sams) {
        Community community = estate.community(id).orElseThrow();
        List<KeyRef> keys = new ArrayList<>();
        for (SamRow sam : sams) {
            List<byte[]> path = sam.usage().chain() == KeyChain.CITY
                    ? List.of(Rotation.city(community))
                    : List.of(Rotation.city(community), Rotation.factor(community));
            sam.versions().forEach(version -> keys.add(new KeyRef(sam.usage(), version, path)));
        }
        return keys;
    }

    /** A city's key reaches beyond the community of whoever asks. */
    private Answer masters(CommunityId id, String what, List<KeyRef> keys, List<SamRow> lost) {
        return CommunityScope.everywhere(() -> inTheCity(id, what, keys, lost));
    }

    private Answer inTheCity(CommunityId id, String what, List<KeyRef> keys, List<SamRow> lost) {
        List<Community> reached = estate.communities().stream()
                .filter(community -> keys.stream().anyMatch(key -> reaches(key, community)))
                .toList();
        List<String> lostSerials = lost.stream().map(SamRow::serial).toList();
        List<SamRow> terminals = reached.stream()
                .flatMap(community -> holdings.sams(community.id()).stream())
                .filter(sam -> !sam.lost() && !lostSerials.contains(sam.serial()))
                .filter(sam -> keys.stream()
                        .anyMatch(key ->
                                key.usage() == sam.usage() && sam.versions().contains(key.version())))
                .toList();
        boolean fast = keys.stream().anyMatch(key -> key.usage() == KeyUsage.ACCESS_FAST);
        return new Answer(
                what,
                keys.isEmpty() ? Reach.NO_KEY : Reach.MASTERS,
                keys,
                reached.stream().mapToLong(community -> cards(community, keys)).sum(),
                terminals,
                fast ? fastDoors(id, false) : List.of(),
                fast || keys.isEmpty() ? fastDoors(id, true) : List.of());
    }

    /** Cards that hold a key below one of these masters; each card once. */
    private long cards(Community community, List<KeyRef> keys) {
        return holdings.cards(community.id()).entrySet().stream()
                .filter(each -> keys.stream()
                        .anyMatch(key -> CardUsages.ON_CARDS.contains(key.usage())
                                && each.getKey().of(key.usage()) == key.version()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean reaches(KeyRef key, Community community) {
        List<byte[]> place = List.of(Rotation.city(community), Rotation.factor(community));
        boolean city = key.factors().isEmpty() || Arrays.equals(key.factors().get(0), place.get(0));
        boolean whole = key.usage().chain() == KeyChain.CITY || key.factors().size() < 2;
        return city && (whole || Arrays.equals(key.factors().get(1), place.get(1)));
    }

    private List<String> fastDoors(CommunityId id, boolean withoutSam) {
        List<DeviceId> equipped = holdings.sams(id).stream()
                .filter(sam -> sam.usage() == KeyUsage.ACCESS_FAST && !sam.lost())
                .flatMap(sam -> sam.device().stream())
                .toList();
        return estate.points(id).stream()
                .filter(point -> point.method() == AccessMethod.FAST)
                .filter(point -> !withoutSam || !equipped.contains(point.device()))
                .map(point -> point.device().value() + "/" + point.id().value() + " " + point.name())
                .toList();
    }
}
