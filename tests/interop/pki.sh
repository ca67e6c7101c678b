#!/bin/sh
# Throw-away authorities and certificates for tests/interop/run.sh, made with
# the openssl command in the folder given: NAME.key, NAME.pem, NAME.chain.pem.
# Everything is valid for two days at most.
set -eu
cd "$1"
serial=1000

key()
{
    case $2 in
    p256) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 ;;
    p384) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 ;;
    ed25519) openssl genpkey -algorithm ED25519 ;;
    rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt \
        "rsa_keygen_bits:${2#rsa}" ;;
    esac > "$1.key"
}

# A root: name, kind of key.
root()
{
    key "$1" "$2"
    openssl req -x509 -new -key "$1.key" -sha256 -days 2 -subj "/CN=$1" \
        -addext 'basicConstraints=critical,CA:TRUE' \
        -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$1.pem"
}

# A certificate: name, kind of key, issuer, extensions (separated by ';'),
# more arguments of x509.
cert()
{
    name=$1 kind=$2 by=$3 ext=$4
    shift 4
    serial=$((serial + 1))
    [ -e "$name.key" ] || key "$name" "$kind"
    echo "$ext" | tr ';' '\n' | sed 's/|/;/g' > "$name.ext"
    openssl req -new -key "$name.key" -subj "/CN=${CN:-$name}" |
        openssl x509 -req -CA "$by.pem" -CAkey "$by.key" -days 1 \
            -set_serial $serial -extfile "$name.ext" "$@" \
            -out "$name.pem" 2> x509.log || { cat x509.log; exit 1; }
    chain "$name" "$by"
}

# What a server shows: the certificate and its issuers but for the root.
chain()
{
    cat "$1.pem" > "$1.chain.pem"
    case $2 in root*) ;; *) cat "$2.chain.pem" >> "$1.chain.pem" ;; esac
}

# The same with dates: name, issuer, start, end.
dated()
{
    key "$1" p256
    : > index.txt
    echo 01 > serial
    cat > ca.cnf <<EOF
[ca]
default_ca = a
[a]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = p
unique_subject = no
[p]
commonName = supplied
EOF
    echo "$good" | tr ';' '\n' > "$1.ext"
    openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
    openssl ca -config ca.cnf -batch -notext -cert "$2.pem" \
        -keyfile "$2.key" -startdate "$3" -enddate "$4" -extfile "$1.ext" \
        -in "$1.csr" -out "$1.pem" 2> ca.log || { cat ca.log; exit 1; }
    chain "$1" "$2"
}

san='subjectAltName=DNS:localhost,DNS:*.local.test,IP:127.0.0.1,IP:::1'
leaf='basicConstraints=critical,CA:FALSE;keyUsage=critical,digitalSignature'
server='extendedKeyUsage=serverAuth'
good="$leaf;$server;$san"
ca='basicConstraints=critical,CA:TRUE;keyUsage=critical,keyCertSign,cRLSign'

root root p256
root root2 p256
cert inter p256 root "$ca"
for kind in p256 p384 rsa2048 rsa4096 ed25519; do
    cert $kind $kind inter "$good"
done

# One for each signature an authority makes.
cert ca384 p384 root "$ca"
cp rsa4096.key carsa.key
cert carsa rsa4096 root "$ca"
cert caed ed25519 root "$ca"
cert by384 p256 ca384 "$good" -sha384
cert byrsa p256 carsa "$good"
cert byrsa384 p256 carsa "$good" -sha384
cert byrsa512 p256 carsa "$good" -sha512
cert byed p256 caed "$good"

# What the client shows.
for kind in p256 rsa2048 ed25519; do
    cp $kind.key client-$kind.key
    cert client-$kind $kind inter "$leaf;extendedKeyUsage=clientAuth"
done

# Bad ones.
cert otherhost p256 inter "$leaf;$server;subjectAltName=DNS:other.test"
CN=localhost cert nosan p256 inter "$leaf;$server"
cert self p256 root "$good"
openssl req -x509 -new -key self.key -days 1 -subj /CN=localhost \
    -addext "$san" -addext 'basicConstraints=critical,CA:FALSE' -out self.pem
cp self.pem self.chain.pem
cert stranger p256 root2 "$good"
cert weaksig p256 inter "$good" -sha1
cert weakkey rsa1024 inter "$good"
cert narrow p256 root "$ca;nameConstraints=critical,permitted|DNS:example.com"
cert outside p256 narrow "$good"
cert nointer p256 inter "$good"
cp nointer.pem nointer.chain.pem
cert caleaf p256 inter "$ca,digitalSignature;$server;$san"
cert usage p256 inter "$leaf;extendedKeyUsage=clientAuth;$san"
cert nosign p256 inter \
    "basicConstraints=CA:FALSE;keyUsage=critical,keyAgreement;$server;$san"
cert noca p256 root "basicConstraints=critical,CA:FALSE"
cert bynoca p256 noca "$good"
cert short p256 root \
    'basicConstraints=critical,CA:TRUE,pathlen:0;keyUsage=keyCertSign'
cert below p256 short "$ca"
cert bylong p256 below "$good"
cert critical p256 inter "$good;1.2.3.4=critical,DER:0500"
dated expired inter 20200101000000Z 20210101000000Z
dated early inter 20990101000000Z 20990201000000Z

# The last byte of the signature is another one.
cert badsig p256 inter "$good"
openssl x509 -in badsig.pem -outform DER -out badsig.der
size=$(($(wc -c < badsig.der) - 1))
last=$(tail -c 1 badsig.der | od -An -tu1 | tr -d ' ')
{
    head -c $size badsig.der
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $((last ^ 1)))"
} > badsig2.der
openssl x509 -inform DER -in badsig2.der -out badsig.pem
chain badsig inter

# Pins.
openssl pkey -in p256.key -pubout -outform DER |
    openssl dgst -sha256 -binary > p256.pin
openssl pkey -in p384.key -pubout -outform DER |
    openssl dgst -sha256 -binary > p384.pin
cat p384.pin p256.pin > two.pin
