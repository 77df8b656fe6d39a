# Sourced by the programs in bin/: which Java, and which class path.

# Sets JAVA to a Java of 17 or later and JAVA_RELEASE to its release, or ends with one line.
zhitong_java() {
    if [ -n "${JAVA_HOME:-}" ]; then JAVA=$JAVA_HOME/bin/java; else JAVA=$(command -v java || true); fi
    if [ -z "$JAVA" ] || [ ! -x "$JAVA" ]; then
        echo "zhitong: no Java found 找不到 Java: install JDK 17 or later (Debian: apt install openjdk-17-jdk-headless) or set JAVA_HOME" >&2
        exit 3
    fi
    local home release
    home=$(dirname -- "$(dirname -- "$(readlink -f -- "$JAVA")")")
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
    if [ -z "$release" ]; then
        release=$("$JAVA" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
    fi
    case $release in 1) release=8 ;; '' | *[!0-9]*) release=0 ;; esac
    if [ "$release" -lt 17 ]; then
        echo "zhitong: JDK 17 or later is needed 需要 JDK 17 以上, $JAVA is $release: set JAVA_HOME" >&2
        exit 3
    fi
    JAVA_RELEASE=$release
}

# Sets CLASS_PATH of a program's module ($2) in the tree $1, and SHARED to the options for its archive of classes
# (bin/lib/archives), if there is one of what is built now; or ends with one line.
zhitong_class_path() {
    local target=$1/$2/target archive=$1/target/archives/$JAVA_RELEASE/${2##*/} of
    if [ ! -s "$target/classpath" ] || [ ! -d "$target/classes" ]; then
        echo "zhitong: $2 is not built 尚未编译: run ./mvnw -q -DskipTests package in $1" >&2
        exit 3
    fi
    of=$(<"$target/classpath")
    CLASS_PATH=$target/classes:$of
    SHARED=()
    if [ -n "${ZHITONG_CLASS_LISTS:-}" ]; then
        SHARED=("-XX:DumpLoadedClassList=$ZHITONG_CLASS_LISTS/${2##*/}.$$.list")
    elif [ -s "$archive/classes.jsa" ] && [ "$(<"$archive/of")" = "$of" ] &&
        [ -z "$(find "$target/classes" -newer "$archive/classes.jsa" -print -quit)" ]; then
        CLASS_PATH=$(<"$archive/jars")
        SHARED=(-Xshare:auto "-XX:SharedArchiveFile=$archive/classes.jsa")
    fi
}
