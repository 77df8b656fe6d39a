package io.zhitong.backend.vault;

import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VaultStatus;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code status} as told, or throws; remembers what it was asked. */
final class FakeVault {
    private final List<String> asked = new ArrayList<>();
    private VaultStatus status = status(VaultState.OPEN, false);
    private RuntimeException refusal;

    static VaultStatus status(VaultState state, boolean demoQuorum) {
        return status(state, demoQuorum ? VaultMark.DEMO_QUORUM : VaultMark.NONE);
    }

    static VaultStatus status(VaultState state, VaultMark mark) {
        return new VaultStatus(state, mark, 1, 7, new byte[32], "test");
    }

    void answers(VaultState state, boolean demoQuorum) {
        status = status(state, demoQuorum);
        refusal = null;
    }

    void marked(VaultMark mark) {
        status = status(VaultState.OPEN, mark);
    }

    void refuses(RuntimeException with) {
        refusal = with;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    KeyService service() {
        return (KeyService) Proxy.newProxyInstance(
                KeyService.class.getClassLoader(), new Class<?>[] {KeyService.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    if (refusal != null && !method.getName().equals("close")) {
                        throw refusal;
                    }
                    return method.getName().equals("status") ? status : null;
                });
    }
}
