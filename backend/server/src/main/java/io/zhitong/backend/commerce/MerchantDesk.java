package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Registers merchants with their tills (商户登记). A till stays with its merchant: sales it made before reach us later, and are that
 * merchant's. Each act is audited. Thread-safe.
 */
@Component
public class MerchantDesk {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,16}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .·（）()&-]{0,39}");

    private final Merchants merchants;
    private final Estate estate;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    MerchantDesk(Merchants merchants, Estate estate, AuditLog audit, TransactionTemplate transactions) {
        this.merchants = merchants;
        this.estate = estate;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Payment terminals in service that no merchant has. */
    public List<DeviceRow> freeTills(CommunityId community) {
        Set<Long> taken = merchants.all(community).stream()
                .flatMap(merchant -> merchant.tills().stream())
                .collect(Collectors.toSet());
        return estate.devices(community).stream()
                .filter(device -> device.kind() == DeviceKind.POS)
                .filter(device -> !taken.contains(device.id().value()))
                .toList();
    }

    /** @return why not, or empty when it is done: the merchant has an account, and its till's sales go there */
    public Optional<MerchantFault> add(DeviceAddress till, String code, String name, Actor by) {
        if (!CODE.matcher(code).matches()) {
            return Optional.of(MerchantFault.CODE);
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of(MerchantFault.NAME);
        }
        try {
            return transactions.execute(status -> {
                Optional<MerchantFault> fault = fault(till)
                        .or(() -> known(till.community(), code)
                                ? Optional.of(MerchantFault.CODE_TAKEN)
                                : Optional.empty());
                if (fault.isEmpty()) {
                    long device = till.device().value();
                    merchants.add(new Merchant(till.community(), code, name, device));
                    audit.record(
                            till.community(), by, "merchant.add", "merchant " + code, "", name + ", device " + device);
                }
                return fault;
            });
        } catch (DuplicateKeyException e) {
            return Optional.of(MerchantFault.CODE_TAKEN);
        }
    }

    /** One more till of a merchant. */
    public Optional<MerchantFault> addTill(DeviceAddress till, String code, Actor by) {
        return transactions.execute(status -> {
            Optional<MerchantFault> fault = fault(till)
                    .or(() -> known(till.community(), code) ? Optional.empty() : Optional.of(MerchantFault.UNKNOWN));
            if (fault.isEmpty()) {
                long device = till.device().value();
                merchants.addTill(till.community(), code, device);
                audit.record(till.community(), by, "merchant.till", "merchant " + code, "", "device " + device);
            }
            return fault;
        });
    }

    private boolean known(CommunityId community, String code) {
        return merchants.all(community).stream()
                .anyMatch(merchant -> merchant.code().equals(code));
    }

    /** The till's row is locked: nobody else binds or retires it meanwhile. */
    private Optional<MerchantFault> fault(DeviceAddress till) {
        Optional<DeviceRow> device = estate.inService(till).filter(row -> row.kind() == DeviceKind.POS);
        if (device.isEmpty()) {
            return Optional.of(MerchantFault.TILL);
        }
        boolean taken =
                merchants.ofDevice(till.community(), till.device().value()).isPresent();
        return taken ? Optional.of(MerchantFault.TILL_TAKEN) : Optional.empty();
    }

    /** Its tills, also one that was retired. */
    public List<DeviceRow> tills(Merchant merchant) {
        return merchant.tills().stream()
                .flatMap(till -> estate.device(new DeviceAddress(merchant.community(), new DeviceId(till))).stream())
                .toList();
    }
}
