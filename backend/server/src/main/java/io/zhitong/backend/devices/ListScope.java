package io.zhitong.backend.devices;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far a change reaches (变更范围): everything, some kinds of lists, some credentials.
 *
 * @param everything all lists must be made anew; the rest says nothing then
 */
public record ListScope(boolean everything, Set<ListKind> kinds, Set<CredentialNumber> credentials) {
    public static final ListScope EVERYTHING = new ListScope(true, Set.of(), Set.of());
    private static final String KIND = "kind ";
    private static final String CREDENTIAL = "credential ";

    public ListScope {
        kinds = Set.copyOf(kinds);
        credentials = Set.copyOf(credentials);
    }

    public static ListScope of(ListKind kind) {
        return new ListScope(false, Set.of(kind), Set.of());
    }

    public static ListScope of(CredentialNumber credential) {
        return new ListScope(false, Set.of(), Set.of(credential));
    }

    /** All of them together. */
    static ListScope all(Collection<ListScope> scopes) {
        return scopes.stream().anyMatch(ListScope::everything)
                ? EVERYTHING
                : new ListScope(false, together(scopes, ListScope::kinds), together(scopes, ListScope::credentials));
    }

    private static <T> Set<T> together(Collection<ListScope> scopes, Function<ListScope, Set<T>> part) {
        return scopes.stream()
                .flatMap(scope -> part.apply(scope).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Whether all records of this kind must be made anew. */
    boolean whole(ListKind kind) {
        return everything || kinds.contains(kind);
    }

    /** As it is kept with a mark: one kind, one credential, or nothing for everything. */
    String word() {
        if (everything) {
            return "";
        }
        return kinds.stream()
                .map(kind -> KIND + kind.code())
                .findFirst()
                .orElseGet(() -> CREDENTIAL + credentials.iterator().next());
    }

    static ListScope parse(String word) {
        if (word.startsWith(KIND)) {
            return of(Coded.require(ListKind.class, Integer.parseInt(word.substring(KIND.length()))));
        }
        return word.startsWith(CREDENTIAL)
                ? of(CredentialNumber.parse(word.substring(CREDENTIAL.length())))
                : EVERYTHING;
    }
}
