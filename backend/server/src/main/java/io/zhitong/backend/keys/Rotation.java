package io.zhitong.backend.keys;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How far the community's keys are rotated (密钥轮换进度): per master version, until the last card and terminal hold the new one. */
@Component
public class Rotation {
    /**
     * One version of one master that leads to the community.
     *
     * @param newest whether new cards and SAMs get it
     * @param cards in use that hold a key of it
     * @param sams in use that hold it
     */
    public record Line(KeyListing master, boolean newest, long cards, long sams) {}

    /**
     * One usage.
     *
     * @param lines its versions, rising
     * @param cardsBehind cards in use without the newest version
     * @param samsBehind SAMs in use without it
     */
    public record Progress(KeyUsage usage, List<Line> lines, long cardsBehind, long samsBehind) {
        /** Whether the last card and terminal hold the newest version. */
        public boolean done() {
            return cardsBehind == 0 && samsBehind == 0;
        }
    }

    private final KeyService vault;
    private final Estate estate;
    private final KeyHoldings holdings;
    private final Clock clock;

    Rotation(KeyService vault, Estate estate, KeyHoldings holdings, Clock clock) {
        this.vault = vault;
        this.estate = estate;
        this.holdings = holdings;
        this.clock = clock;
    }

    /** What a new card of the community is written with. */
    public KeyVersions newest(CommunityId id) {
        return newest(id, vault.keys());
    }

    private KeyVersions newest(CommunityId id, List<KeyListing> masters) {
        Community community = estate.community(id).orElseThrow();
        return KeyVersions.newest(
                masters, city(community), factor(community), clock.instant().getEpochSecond());
    }

    /**
     * Every usage of which the vault holds a master that leads to the community.
     *
     * @throws io.zhitong.keyapi.KeyServiceException while the vault is sealed or away
     */
    public List<Progress> progress(CommunityId id) {
        Community community = estate.community(id).orElseThrow();
        List<KeyListing> masters = vault.keys();
        KeyVersions newest = newest(id, masters);
        Map<KeyVersions, Long> cards = holdings.cards(id);
        List<SamRow> sams =
                holdings.sams(id).stream().filter(sam -> !sam.lost()).toList();
        List<Progress> all = new ArrayList<>();
        for (KeyUsage usage : KeyUsage.values()) {
            List<Line> lines = masters.stream()
                    .filter(master -> master.usage() == usage && leadsTo(master, community))
                    .map(master -> line(master, newest, cards, sams))
                    .sorted(Comparator.comparingInt(line -> line.master().version()))
                    .toList();
            if (!lines.isEmpty()) {
                all.add(progress(usage, lines, newest.of(usage), cards, sams));
            }
        }
        return all;
    }

    private static Progress progress(
            KeyUsage usage, List<Line> lines, int newest, Map<KeyVersions, Long> cards, List<SamRow> sams) {
        long cardsBehind = CardUsages.ON_CARDS.contains(usage)
                ? cards.entrySet().stream()
                        .filter(each -> each.getKey().of(usage) != newest)
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                : 0;
        long samsBehind = sams.stream()
                .filter(sam -> sam.usage() == usage && !sam.versions().contains(newest))
                .count();
        return new Progress(usage, lines, cardsBehind, samsBehind);
    }

    private static Line line(KeyListing master, KeyVersions newest, Map<KeyVersions, Long> cards, List<SamRow> sams) {
        KeyUsage usage = master.usage();
        int version = master.version();
        return new Line(
                master,
                newest.of(usage) == version,
                cardsWith(usage, version, cards),
                sams.stream()
                        .filter(sam -> sam.usage() == usage && sam.versions().contains(version))
                        .count());
    }

    /** How many of these cards hold that version of that usage. */
    static long cardsWith(KeyUsage usage, int version, Map<KeyVersions, Long> cards) {
        if (!CardUsages.ON_CARDS.contains(usage)) {
            return 0;
        }
        return cards.entrySet().stream()
                .filter(each -> each.getKey().of(usage) == version)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean leadsTo(KeyListing master, Community community) {
        return master.key().above(List.of(city(community), factor(community)));
    }

    /** City code 2 ‖ FF ‖ zeros (docs/keys.md). */
    static byte[] city(Community community) {
        return Hex.parse(community.cityCode() + "ff0000000000");
    }

    static byte[] factor(Community community) {
        return Hex.parse(String.format(Locale.ROOT, "%016d", community.number()));
    }
}
