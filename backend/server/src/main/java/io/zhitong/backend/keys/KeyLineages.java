package io.zhitong.backend.keys;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyLineage;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Where a key comes from (密钥谱系), from its master down to the community, and on to a card whose factor is given. */
@Component
public class KeyLineages {
    /**
     * One step down.
     *
     * @param factor 16 hex digits
     * @param kcv check value behind it, with its method
     */
    public record Step(String factor, String kcv) {}

    /**
     * The way to a key.
     *
     * @param lineage as the vault tells it
     * @param steps behind the master
     */
    public record Way(KeyLineage lineage, List<Step> steps) {
        public Way {
            steps = List.copyOf(steps);
        }
    }

    private final KeyAdministration vault;
    private final Estate estate;

    KeyLineages(KeyAdministration vault, Estate estate) {
        this.vault = vault;
        this.estate = estate;
    }

    /**
     * Asks the vault; a path that ends above the community goes on to this one.
     *
     * @param card factor of a card, 8 bytes
     * @throws io.zhitong.keyapi.KeyServiceException as {@link io.zhitong.keyapi.KeyCatalogue#lineage}
     */
    public Way of(CommunityId id, KeyRef key, Optional<byte[]> card) {
        KeyLineage lineage = vault.catalogue().lineage(down(id, key, card));
        int above = lineage.master().key().factors().size();
        return new Way(
                lineage,
                IntStream.range(0, lineage.kcvs().size())
                        .mapToObj(i -> new Step(Hex.of(lineage.key().factors().get(above + i)), lineage.kcvText(i)))
                        .toList());
    }

    private KeyRef down(CommunityId id, KeyRef key, Optional<byte[]> card) {
        KeyChain chain = key.usage().chain();
        if (chain != KeyChain.CITY && chain != KeyChain.COMMUNITY) {
            return key;
        }
        Community community = estate.community(id).orElseThrow();
        List<byte[]> place = List.of(Rotation.city(community), Rotation.factor(community));
        List<byte[]> factors = new ArrayList<>(key.factors());
        while (factors.size() < chain.depth() - 1) {
            factors.add(place.get(factors.size()));
        }
        if (factors.size() < chain.depth()) {
            card.ifPresent(factors::add);
        }
        return new KeyRef(key.usage(), key.version(), factors);
    }
}
