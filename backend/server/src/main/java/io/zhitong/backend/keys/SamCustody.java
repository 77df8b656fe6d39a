package io.zhitong.backend.keys;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.CommunityScope;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings the key holdings up to the vault's register of custody (随保管登记更新): modules made elsewhere come in, lost and destroyed
 * ones count no more. The register is answered by a sealed vault too.
 */
@Component
public class SamCustody {
    private static final Logger LOG = LoggerFactory.getLogger(SamCustody.class);
    private static final Pattern SERIAL = Pattern.compile("[0-9A-F]{20}");
    private static final Pattern DEVICE = Pattern.compile("[0-9]{4}0*([1-9][0-9]{0,7})");

    private final KeyAdministration vault;
    private final Estate estate;
    private final KeyHoldings holdings;

    SamCustody(KeyAdministration vault, Estate estate, KeyHoldings holdings) {
        this.vault = vault;
        this.estate = estate;
        this.holdings = holdings;
    }

    /** Reads the register; while the vault is away what was known before stays. */
    public void follow() {
        List<CustodyItem> items;
        try {
            items = vault.register().items();
        } catch (KeyServiceException e) {
            if (e.reason() != KeyRefusal.UNAVAILABLE) {
                throw e;
            }
            LOG.warn("the vault's register is away, modules are shown as known before");
            return;
        }
        CommunityScope.everywhere(() -> {
            follow(items);
            return items.size();
        });
    }

    /** The register is the whole city's. */
    private void follow(List<CustodyItem> items) {
        List<Community> communities = estate.communities();
        items.forEach(item -> item.entry()
                .sam()
                .ifPresent(binding -> communities.stream()
                        .filter(community -> Arrays.equals(Rotation.city(community), binding.city())
                                && Arrays.equals(Rotation.factor(community), binding.community()))
                        .forEach(community -> follow(community, item, binding))));
    }

    private void follow(Community community, CustodyItem item, SamBinding binding) {
        String serial = item.entry().serial();
        if (!SERIAL.matcher(serial).matches()) {
            return;
        }
        if (holdings.sam(community.id(), serial).isEmpty()) {
            boolean psam = item.entry().kind() == CustodyKind.PURCHASE_SAM;
            String terminal = Hex.of(binding.terminal()).toUpperCase(Locale.ROOT);
            holdings.samWritten(
                    community.id(),
                    serial,
                    psam ? KeyUsage.DPK : KeyUsage.ACCESS_FAST,
                    binding.keyVersion(),
                    terminal,
                    device(community, terminal));
        }
        if (!item.state().there()) {
            holdings.samLost(community.id(), serial);
        }
    }

    /** City code 4 ‖ device number, decimal, where there is such a device. */
    private Optional<DeviceId> device(Community community, String terminal) {
        var digits = DEVICE.matcher(terminal);
        if (!digits.matches()) {
            return Optional.empty();
        }
        DeviceId device = new DeviceId(Long.parseLong(digits.group(1)));
        return estate.device(new DeviceAddress(community.id(), device)).map(found -> device);
    }
}
