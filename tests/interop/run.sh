#!/bin/sh
# The bundled TLS against the servers others wrote, on loopback:
#
#   sh tests/interop/run.sh [NAME]...   openssl bad gnutls go node nginx haproxy
#
# Keys and certificates are made for the run and thrown away. A server that is
# not installed is skipped with the reason. What was seen, one line for each
# connection, is left in build/interop/report.txt.
set -u
cd "$(dirname "$0")/../.." || exit 1
out=$PWD/build/interop
here=$PWD/tests/interop
mkdir -p "$out"
dir=$(mktemp -d "${TMPDIR:-/tmp}/interop.XXXXXX") || exit 1
report=$out/report.txt
: > "$report"
passed=0 failed=0 skipped=0 pids=

# shellcheck disable=SC2086,SC2317
finish()
{
    for p in $pids; do kill "$p" 2> /dev/null; done
    wait
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

skip()
{
    echo "skipped: $1"
    skipped=$((skipped + 1))
}

have()
{
    command -v "$1" > /dev/null && return 0
    skip "no $1 on this machine (apt-get install $2)"
    return 1
}

# One connection: server, case, port, arguments of the client.
check()
{
    who=$1 what=$2 port=$3
    shift 3
    if [ -n "$port" ] &&
        line=$(timeout 30 "$out/client" --ca "$dir/root.pem" "$@" "$port" 2>&1)
    then
        passed=$((passed + 1))
        echo "$who | $what | $line" >> "$report"
    else
        failed=$((failed + 1))
        echo "FAILED: $who | $what | ${line:-no server} | $*"
        echo "FAILED: $who | $what | ${line:-no server}" >> "$report"
        [ -z "$port" ] && cat "$dir/server.log"
    fi
    line=
}

# Wait until a file holds a line that matches; false after ten seconds.
await()
{
    n=0
    while ! grep -q "$2" "$1" 2> /dev/null; do
        n=$((n + 1))
        [ $n -lt 200 ] || return 1
        sleep 0.05
    done
}

# End what was started last.
stop()
{
    kill "$pid" 2> /dev/null
    wait "$pid" 2> /dev/null
    pid=
}

# ---- openssl s_server ---------------------------------------------------------

# Certificate, further arguments: sets port, and pid to end it by.
# shellcheck disable=SC2086
ossl()
{
    c=$1
    shift
    : > "$dir/server.log"
    (cd "$dir" && exec timeout ${limit:-60} openssl s_server -accept 127.0.0.1:0 \
        -cert "$c.pem" -cert_chain "$c.chain.pem" -key "$c.key" \
        -CAfile root.pem "$@" > server.log 2>&1 < "${stdin:-/dev/null}") &
    pid=$!
    pids="$pids $pid"
    await "$dir/server.log" '^ACCEPT' || echo 's_server did not start'
    port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$dir/server.log")
}

# The server's own updates of its keys, asking for ours (K) and not (k).
ossl_update()
{
    mkfifo "$dir/keys"
    stdin=$dir/keys
    (sleep 30) > "$dir/keys" & # keeps the pipe open until the end of the test
    holder=$!
    pids="$pids $holder"
    ossl p256 -tls1_3 -ciphersuites "$1"
    stdin=
    (
        await "$dir/server.log" 'CIPHER is'
        for word in before K k K after-update; do
            echo $word > "$dir/keys"
            sleep 0.2
        done
    ) &
    typist=$!
    check "$ossl" "KeyUpdate, $1" "$port" --hear after-update --say from-client
    wait $typist
    await "$dir/server.log" from-client
    if grep -q from-client "$dir/server.log"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $ossl: nothing to be read after KeyUpdate"
        failed=$((failed + 1))
    fi
    stop
    kill $holder 2> /dev/null
    rm "$dir/keys"
}

ossl_matrix()
{
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for s in 1301:TLS_AES_128_GCM_SHA256 1302:TLS_AES_256_GCM_SHA384 \
            1303:TLS_CHACHA20_POLY1305_SHA256; do
            for g in 001d:X25519 0017:P-256; do
                ossl $c -tls1_3 -ciphersuites ${s#*:} -groups ${g#*:} -rev
                check "$ossl" "$c ${s#*:} ${g#*:}" "$port" --turn 5000 \
                    --suite ${s%:*} --group ${g%:*}
                stop
            done
        done
    done
    for c in by384 byrsa byrsa384 byrsa512 byed; do
        ossl $c -tls1_3 -rev
        check "$ossl" "authority: $c" "$port" --turn 100
        stop
    done
}

test_openssl()
{
    have openssl openssl || return
    ossl_matrix
    ossl p256 -tls1_3 -no_ticket -rev
    check "$ossl" 'no tickets' "$port" --turn 5000
    check "$ossl" '1 MiB each way' "$port" --turn 1048576
    check "$ossl" 'without SIMD' "$port" --turn 100000 --plain 1
    check "$ossl" 'one byte at a time' "$port" --turn 3000 --chunk 1
    check "$ossl" 'seven bytes at a time' "$port" --turn 30000 --chunk 7
    check "$ossl" 'by address' "$port" --name 127.0.0.1 --turn 100
    check "$ossl" 'by IPv6 address' "$port" --name ::1 --turn 100
    check "$ossl" 'by wildcard' "$port" --name a.local.test --turn 100
    check "$ossl" 'pin' "$port" --ca '' --pin "$dir/p256.pin" --turn 100
    check "$ossl" 'second pin' "$port" --pin "$dir/two.pin" --turn 100
    check "$ossl" 'only_cert' "$port" --only "$dir/p256.pem" --turn 100
    check "$ossl" 'danger' "$port" --danger 1 --name x.test --turn 100
    stop
    ossl p256 -tls1_3 -num_tickets 16 -rev
    check "$ossl" '16 tickets' "$port" --turn 5000
    stop
    ossl rsa2048 -tls1_3 -max_send_frag 512 -rev
    check "$ossl" 'records of 512 bytes' "$port" --turn 200000
    stop
    ossl p256 -tls1_3 -record_padding 4096 -rev
    check "$ossl" 'padded records' "$port" --turn 200000
    stop
    ossl p256 -tls1_3 -stateless -rev
    check "$ossl" 'HelloRetryRequest with cookie' "$port" --turn 5000
    stop
    ossl p256 -tls1_3 -no_middlebox -rev
    check "$ossl" 'no middlebox mode' "$port" --turn 5000
    stop
    ossl p256 -rev -min_protocol TLSv1.2
    check "$ossl" 'TLS 1.2 and 1.3' "$port" --turn 5000
    stop
    ossl p256 -tls1_3 -alpn http/1.1 -rev
    check "$ossl" 'ALPN http/1.1' "$port" --turn 5000
    stop
    head -c 1048576 /dev/zero | tr '\0' x > "$dir/big"
    ossl p256 -tls1_3 -HTTP
    printf 'HTTP/1.0 200 ok\r\n\r\n' | cat - "$dir/big" > "$dir/answer"
    check "$ossl" 'GET of 1 MiB' "$port" --get /answer --body 1048576
    stop
    ossl_update TLS_AES_128_GCM_SHA256
    ossl_update TLS_AES_256_GCM_SHA384
    ossl_update TLS_CHACHA20_POLY1305_SHA256
    ossl p256 -tls1_3 -verify 2 -rev
    check "$ossl" 'asks for a certificate' "$port" --turn 5000
    stop
    ossl p256 -tls1_3 -Verify 2 -verify_return_error -rev
    check "$ossl" 'requires one, none there' "$port" --turn 5000 \
        --expect ERR_TLS_ALERT
    if [ "$signs" ]; then
        for k in p256:0403 rsa2048:0804 ed25519:0807; do
            check "$ossl" "client certificate ${k%:*}" "$port" --turn 5000 \
                --cert "$dir/client-${k%:*}.chain.pem" \
                --key "$dir/client-${k%:*}.key" --scheme ${k#*:}
        done
    fi
    stop
}

# A certificate and what becomes of it.
bad()
{
    c=$1 status=$2
    shift 2
    ossl "$c" -tls1_3 -rev "$@"
    check "$ossl" "bad: $c" "$port" --turn 100 --expect "$status"
    stop
}

test_bad()
{
    have openssl openssl || return
    bad otherhost ERR_CERT_NAME
    bad nosan ERR_CERT_NAME
    bad expired ERR_CERT_EXPIRED
    bad early ERR_CERT_EARLY
    bad self ERR_CERT_ISSUER
    bad stranger ERR_CERT_ISSUER
    bad nointer ERR_CERT_ISSUER
    bad weaksig ERR_CERT_WEAK -cipher DEFAULT@SECLEVEL=0
    bad weakkey ERR_CERT_WEAK -cipher DEFAULT@SECLEVEL=0
    bad outside ERR_CERT_CONSTRAINT
    bad caleaf ERR_CERT_USAGE
    bad usage ERR_CERT_USAGE
    bad nosign ERR_CERT_USAGE
    bad bynoca ERR_CERT_USAGE
    bad bylong ERR_CERT_USAGE
    bad critical ERR_CERT
    bad badsig ERR_CERT_SIGNATURE
    ossl p256 -tls1_3 -rev
    check "$ossl" 'bad: another pin' "$port" --pin "$dir/p384.pin" \
        --expect ERR_CERT_PIN
    check "$ossl" 'bad: another only_cert' "$port" --only "$dir/p384.pem" \
        --expect ERR_CERT_PIN
    check "$ossl" 'bad: next week' "$port" --expect ERR_CERT_EXPIRED \
        --time $(($(date +%s) + 604800))
    check "$ossl" 'bad: last week' "$port" --expect ERR_CERT_EARLY \
        --time $(($(date +%s) - 604800))
    check "$ossl" 'bad: other anchors' "$port" --ca "$dir/root2.pem" \
        --expect ERR_CERT_ISSUER
    check "$ossl" 'bad: two labels for *' "$port" --name a.b.local.test \
        --expect ERR_CERT_NAME
    check "$ossl" 'bad: other address' "$port" --name 127.0.0.2 \
        --expect ERR_CERT_NAME
    stop
    ossl p256 -tls1_2 -rev
    check "$ossl" 'bad: TLS 1.2 only' "$port" --expect ERR_TLS_VERSION
    stop
    ossl p256 -tls1_3 -groups X448:P-521 -rev
    check "$ossl" 'bad: X448 and P-521 only' "$port" --expect ERR_TLS_ALERT
    stop
    ossl p256 -tls1_3 -alpn h2 -rev
    check "$ossl" 'bad: ALPN h2 only' "$port" --expect ERR_TLS_ALERT
    stop
    limit='-s KILL 2'
    ossl p256 -tls1_3 -rev
    limit=
    check "$ossl" 'bad: killed' "$port" --until-end 1 \
        --expect ERR_TLS_TRUNCATED
    stop
}

# ---- gnutls-serv --------------------------------------------------------------

# Certificate, priority, further arguments.
gnutls()
{
    c=$1 priority=$2
    shift 2
    port=$("$out/client" --ports 1)
    (cd "$dir" && exec timeout 60 gnutls-serv --port "$port" --echo \
        --x509certfile "$c.chain.pem" --x509keyfile "$c.key" \
        --x509cafile root.pem --priority "$priority" "$@" \
        > server.log 2>&1 < /dev/null) &
    pid=$!
    pids="$pids $pid"
}

test_gnutls()
{
    have gnutls-serv gnutls-bin || return
    who="$(gnutls-serv --version | head -n 1)"
    base=NORMAL:-VERS-ALL:+VERS-TLS1.3
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for s in 1301:AES-128-GCM 1302:AES-256-GCM 1303:CHACHA20-POLY1305; do
            for g in 001d:X25519 0017:SECP256R1; do
                gnutls $c "$base:-CIPHER-ALL:+${s#*:}:-GROUP-ALL:+GROUP-${g#*:}" \
                    --disable-client-cert
                check "$who" "$c ${s#*:} ${g#*:}" "$port" --echo 5000 \
                    --suite ${s%:*} --group ${g%:*}
                stop
            done
        done
    done
    gnutls p256 $base --disable-client-cert --noticket
    check "$who" 'no tickets' "$port" --echo 5000
    check "$who" '1 MiB each way' "$port" --echo 1048576
    check "$who" 'one byte at a time' "$port" --echo 3000 --chunk 1
    # No KeyUpdate: this server loses what comes after it, with any client.
    stop
    gnutls p256 $base --disable-client-cert --recordsize 512
    check "$who" 'records of 512 bytes' "$port" --echo 100000
    stop
    gnutls p256 $base
    check "$who" 'asks for a certificate' "$port" --echo 5000
    stop
    gnutls p256 $base --require-client-cert --verify-client-cert
    check "$who" 'requires one, none there' "$port" --echo 5000 \
        --expect ERR_TLS_ALERT
    if [ "$signs" ]; then
        for k in p256:0403 rsa2048:0804 ed25519:0807; do
            check "$who" "client certificate ${k%:*}" "$port" --echo 5000 \
                --cert "$dir/client-${k%:*}.chain.pem" \
                --key "$dir/client-${k%:*}.key" --scheme ${k#*:}
        done
    fi
    stop
    gnutls p256 NORMAL:-VERS-ALL:+VERS-TLS1.2 --disable-client-cert
    # It says handshake_failure, not protocol_version as RFC 8446 4.2.1 has it.
    check "$who" 'bad: TLS 1.2 only' "$port" --expect ERR_TLS_ALERT
    stop
    gnutls p256 $base:-GROUP-ALL:+GROUP-SECP521R1 --disable-client-cert
    check "$who" 'bad: P-521 only' "$port" --expect ERR_TLS_ALERT
    stop
}

# ---- the small servers in Go and Node -------------------------------------------

# A command that prints "NAME PORT": sets pid; ports are in $dir/ports.
many()
{
    : > "$dir/ports"
    timeout 180 "$@" > "$dir/ports" 2> "$dir/server.log" < /dev/null &
    pid=$!
    pids="$pids $pid"
    await "$dir/ports" '^ready' || { echo 'no server:'; cat "$dir/server.log"; }
}

port_of()
{
    sed -n "s/^$1 //p" "$dir/ports"
}

# What both offer: the name of the server.
small_servers()
{
    check "$1" '1 MiB each way' "$(port_of p256.x25519)" --echo 1048576
    check "$1" 'without SIMD' "$(port_of p256.x25519)" --echo 100000 --plain 1
    check "$1" 'one byte at a time' "$(port_of p256.x25519)" --echo 3000 \
        --chunk 1
    check "$1" 'no tickets' "$(port_of notickets)" --echo 5000
    check "$1" 'POST of 1 MiB' "$(port_of http)" --post /echo --body 1048576
    check "$1" 'asks for a certificate' "$(port_of optional)" --echo 5000
    check "$1" 'requires one, none there' "$(port_of required)" --echo 5000 \
        --expect ERR_TLS_ALERT
    check "$1" 'bad: ALPN mqtt only' "$(port_of alpn)" --expect ERR_TLS_ALERT
    check "$1" 'bad: no end of TLS' "$(port_of abrupt)" --until-end 1 \
        --expect ERR_TLS_TRUNCATED
    [ "$signs" ] || return
    for k in p256:0403 rsa2048:0804 ed25519:0807; do
        check "$1" "client certificate ${k%:*}" "$(port_of required)" \
            --echo 5000 --cert "$dir/client-${k%:*}.chain.pem" \
            --key "$dir/client-${k%:*}.key" --scheme ${k#*:}
    done
}

common='notickets,tickets=0 http,mode=http optional,client=optional
    required,client=required alpn,alpn=mqtt abrupt,mode=abrupt'

# shellcheck disable=SC2086
test_go()
{
    have go golang-go || return
    if ! GO111MODULE=off GOTOOLCHAIN=local go build -o "$out/server" \
        "$here/server.go" > "$dir/server.log" 2>&1
    then
        cat "$dir/server.log"
        skip 'the Go server does not build'
        return
    fi
    who="Go $(go env GOVERSION)"
    list=
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for g in x25519 p256; do
            list="$list $c.$g,cert=$c,group=$g"
        done
    done
    many "$out/server" "$dir" $list $common
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for g in 001d:x25519 0017:p256; do
            check "$who" "$c ${g#*:}" "$(port_of $c.${g#*:})" --echo 5000 \
                --group ${g%:*}
            check "$who" "$c ${g#*:} ChaCha20" "$(port_of $c.${g#*:})" \
                --echo 5000 --group ${g%:*} --plain 1 --suite 1303
        done
    done
    small_servers "$who"
    stop
}

# shellcheck disable=SC2086
test_node()
{
    have node nodejs || return
    who="Node $(node -p process.versions.openssl)"
    list='fragments,fragment=512'
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for s in 1301:TLS_AES_128_GCM_SHA256 1302:TLS_AES_256_GCM_SHA384 \
            1303:TLS_CHACHA20_POLY1305_SHA256; do
            for g in x25519:X25519 p256:P-256; do
                list="$list $c.${s%:*}.${g%:*},cert=$c,suite=${s#*:},group=${g#*:}"
            done
        done
    done
    many node "$here/server.mjs" "$dir" p256.x25519,group=X25519 $list $common
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for s in 1301 1302 1303; do
            for g in 001d:x25519 0017:p256; do
                check "$who" "$c $s ${g#*:}" "$(port_of $c.$s.${g#*:})" \
                    --echo 5000 --suite $s --group ${g%:*}
            done
        done
    done
    check "$who" 'records of 512 bytes' "$(port_of fragments)" --echo 100000
    small_servers "$who"
    stop
}

# ---- nginx and HAProxy ----------------------------------------------------------

# Node's plain servers behind the proxies: sets plain and plainhttp.
backends()
{
    many node "$here/server.mjs" "$dir" plain,mode=plain \
        plainhttp,mode=plainhttp
    back=$pid
    plain=$(port_of plain) plainhttp=$(port_of plainhttp)
}

# A TLS server of nginx: port, certificate, further directives.
nginx_server()
{
    cat <<EOF
server {
    listen 127.0.0.1:$1 ssl;
    ssl_certificate $dir/$2.chain.pem;
    ssl_certificate_key $dir/$2.key;
    ssl_protocols TLSv1.3;
    ssl_client_certificate $dir/root.pem;
    ssl_verify_depth 3;
    $3
    location / { proxy_pass http://127.0.0.1:$plainhttp; }
    location = /big { root $dir; }
}
EOF
}

# shellcheck disable=SC2046
test_nginx()
{
    have nginx nginx-light || return
    have node nodejs || return
    who="$(nginx -v 2>&1 | sed 's/.*version: //')"
    backends
    set -- $("$out/client" --ports 20)
    head -c 1048576 /dev/zero | tr '\0' x > "$dir/big"
    n=0
    {
        cat <<EOF
daemon off; master_process off; pid $dir/nginx.pid;
error_log $dir/nginx.log info;
events { worker_connections 64; }
http {
access_log off; client_max_body_size 8m;
client_body_temp_path $dir/t1; proxy_temp_path $dir/t2;
fastcgi_temp_path $dir/t3; uwsgi_temp_path $dir/t4; scgi_temp_path $dir/t5;
EOF
        nginx_server "$1" rsa2048 'ssl_session_tickets off;'
        nginx_server "$2" p256 'ssl_buffer_size 1k;'
        nginx_server "$3" p256 'ssl_verify_client optional;'
        nginx_server "$4" p256 'ssl_verify_client on;'
        for c in p256 p384 rsa4096 ed25519; do
            for s in AES_128_GCM_SHA256 AES_256_GCM_SHA384 \
                CHACHA20_POLY1305_SHA256; do
                n=$((n + 1))
                g=X25519
                [ $((n % 2)) -eq 0 ] && g=P-256
                eval "nginx_server \${$((n + 4))} $c \
                    'ssl_conf_command Ciphersuites TLS_$s; ssl_ecdh_curve $g;'"
            done
        done
        echo '}'
    } > "$dir/nginx.conf"
    (exec timeout 60 nginx -p "$dir" -c "$dir/nginx.conf" \
        > "$dir/server.log" 2>&1 < /dev/null) &
    pid=$!
    pids="$pids $pid"
    await "$dir/nginx.pid" . || cat "$dir/server.log" "$dir/nginx.log"
    check "$who" 'RSA-2048, no tickets' "$1" --post / --body 5000
    check "$who" 'GET of 1 MiB, records of 1 KiB' "$2" --get /big \
        --body 1048576
    check "$who" 'POST of 1 MiB' "$2" --post / --body 1048576
    check "$who" 'asks for a certificate' "$3" --post / --body 5000
    if [ "$signs" ]; then
        check "$who" 'client certificate' "$4" --post / --body 5000 \
            --cert "$dir/client-p256.chain.pem" --key "$dir/client-p256.key" \
            --scheme 0403
    fi
    n=0
    for c in p256 p384 rsa4096 ed25519; do
        for s in 1301 1302 1303; do
            n=$((n + 1))
            g=001d
            [ $((n % 2)) -eq 0 ] && g=0017
            eval "check \"\$who\" '$c $s $g' \${$((n + 4))} --post / \
                --body 5000 --suite $s --group $g"
        done
    done
    stop
    pid=$back
    stop
}

# shellcheck disable=SC2046
test_haproxy()
{
    have haproxy haproxy || return
    have node nodejs || return
    who="$(haproxy -v | sed -n '1s/^\([^ ]* version [^ -]*\).*/\1/p')"
    backends
    set -- $("$out/client" --ports 20)
    n=0
    {
        cat <<EOF
global
    maxconn 100
    tune.ssl.maxrecord 1400
defaults
    mode tcp
    timeout connect 5s
    timeout client 20s
    timeout server 20s
    default_backend echo
backend echo
    server one 127.0.0.1:$plain
backend web
    mode http
    server one 127.0.0.1:$plainhttp
EOF
        for c in p256 p384 rsa2048 rsa4096 ed25519; do
            cat "$dir/$c.chain.pem" "$dir/$c.key" > "$dir/$c.both.pem"
            for s in AES_128_GCM_SHA256 AES_256_GCM_SHA384 \
                CHACHA20_POLY1305_SHA256; do
                n=$((n + 1))
                g=X25519
                [ $((n % 2)) -eq 0 ] && g=P-256
                eval "p=\${$n}"
                # shellcheck disable=SC2154
                cat <<EOF
frontend f$n
    bind 127.0.0.1:$p ssl crt $dir/$c.both.pem ssl-min-ver TLSv1.3 ciphersuites TLS_$s curves $g
EOF
            done
        done
        cat <<EOF
frontend f16
    bind 127.0.0.1:${16} ssl crt $dir/p256.both.pem no-tls-tickets
frontend f17
    bind 127.0.0.1:${17} ssl crt $dir/p256.both.pem verify optional ca-file $dir/root.pem
frontend f18
    bind 127.0.0.1:${18} ssl crt $dir/p256.both.pem verify required ca-file $dir/root.pem
frontend f19
    mode http
    bind 127.0.0.1:${19} ssl crt $dir/p256.both.pem alpn h2,http/1.1
    default_backend web
EOF
    } > "$dir/haproxy.cfg"
    (exec timeout 60 haproxy -db -f "$dir/haproxy.cfg" \
        > "$dir/server.log" 2>&1 < /dev/null) &
    pid=$!
    pids="$pids $pid"
    n=0
    for c in p256 p384 rsa2048 rsa4096 ed25519; do
        for s in 1301 1302 1303; do
            n=$((n + 1))
            g=001d
            [ $((n % 2)) -eq 0 ] && g=0017
            eval "check \"\$who\" '$c $s $g' \${$n} --echo 5000 --suite $s \
                --group $g"
        done
    done
    check "$who" 'no tickets, 1 MiB each way' "${16}" --echo 1048576
    check "$who" 'asks for a certificate' "${17}" --echo 5000
    check "$who" 'requires one, none there' "${18}" --echo 5000 \
        --expect ERR_TLS_ALERT
    if [ "$signs" ]; then
        check "$who" 'client certificate' "${18}" --echo 5000 \
            --cert "$dir/client-p256.chain.pem" --key "$dir/client-p256.key" \
            --scheme 0403
    fi
    check "$who" 'ALPN, POST of 1 MiB' "${19}" --post / --body 1048576
    stop
    pid=$back
    stop
}

# ---- all of it ------------------------------------------------------------------

if ! command -v openssl > /dev/null; then
    echo 'skipped: no openssl command to make certificates with'
    echo 'interop: 0 passed, 0 failed, 1 skipped'
    exit 0
fi
signs=
flags='-std=c99 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all'
# shellcheck disable=SC2086
if ${CC:-cc} $flags -DHAVE_OPENSSL -I. tests/interop/client.c \
    -o "$out/client" -lcrypto 2> "$dir/cc.log"
then
    signs=1
elif ${CC:-cc} $flags -I. tests/interop/client.c -o "$out/client"; then
    skip 'client certificates: no OpenSSL to sign with (libssl-dev)'
else
    cat "$dir/cc.log"
    echo 'interop: 0 passed, 1 failed'
    exit 1
fi
sh tests/interop/pki.sh "$dir" || {
    echo 'interop: 0 passed, 1 failed: no certificates'
    exit 1
}
ossl=$(openssl version | cut -d ' ' -f 1,2)
for t in ${*:-openssl bad gnutls go node nginx haproxy}; do
    test_$t
done
echo "interop: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
