/*
 * Tests of dnsapi in a process with the sample layer
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "util_tracelsp.h"
#include "windns.h"

#define DNS_PORT 53

/* Answers a question with one address, 192.0.2.7. */
static DWORD WINAPI name_server_thread( void *arg )
{
    static const unsigned char answer[] = { 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7 };
    SOCKET s = (SOCKET)arg;
    unsigned char message[512];
    struct sockaddr_in from;
    int size, pos, len;

    while (len = sizeof(from), (size = recvfrom( s, (char *)message, sizeof(message) - sizeof(answer), 0,
                                                 (struct sockaddr *)&from, &len )) > 12)
    {
        for (pos = 12; pos < size && message[pos]; pos += message[pos] + 1) {}
        pos += 5;
        if (pos > size) continue;
        memcpy( message + pos, answer, sizeof(answer) );
        message[2] |= 0x80;                 /* a response */
        message[3] = 0;
        message[7] = 1;                     /* with one answer */
        message[9] = message[11] = 0;       /* and nothing else */
        sendto( s, (char *)message, pos + sizeof(answer), 0, (struct sockaddr *)&from, len );
    }
    return 0;
}

static void check_query( const char *name, const WCHAR *nameW )
{
    HMODULE module = LoadLibraryA( "dnsapi.dll" );
    typeof(DnsQuery_A) *pDnsQuery_A = (void *)GetProcAddress( module, "DnsQuery_A" );
    typeof(DnsQuery_W) *pDnsQuery_W = (void *)GetProcAddress( module, "DnsQuery_W" );
    typeof(DnsFree) *pDnsFree = (void *)GetProcAddress( module, "DnsFree" );
    IP4_ARRAY servers = { 1, { htonl( INADDR_LOOPBACK ) } };
    DNS_RECORDA *record = NULL;
    DNS_RECORDW *recordW = NULL;
    DNS_STATUS status;

    status = pDnsQuery_A( name, DNS_TYPE_A, DNS_QUERY_NO_NETBT | DNS_QUERY_TREAT_AS_FQDN, &servers, &record, NULL );
    ok( !status && record->wType == DNS_TYPE_A && record->Data.A.IpAddress == htonl( 0xc0000207 ),
        "Got status %ld.\n", status );
    if (!status) pDnsFree( record, DnsFreeRecordList );
    status = pDnsQuery_W( nameW, DNS_TYPE_A, DNS_QUERY_NO_NETBT | DNS_QUERY_TREAT_AS_FQDN, &servers, &recordW, NULL );
    ok( !status && recordW->wType == DNS_TYPE_A && recordW->Data.A.IpAddress == htonl( 0xc0000207 ),
        "Got status %ld.\n", status );
    if (!status) pDnsFree( recordW, DnsFreeRecordList );
}

/* Wine asks by the system's resolver, not by Winsock: the layer sees the server only. Its port is a root's. */
static void check_dns( const WCHAR *kind )
{
    struct sockaddr_in addr = loopback_addr( DNS_PORT );
    SOCKET s = socket( AF_INET, SOCK_DGRAM, 0 );
    HANDLE thread;
    char *lines;

    if (bind( s, (struct sockaddr *)&addr, sizeof(addr) ))
    {
        skip( "There can be no name server on port %u, error %d.\n", DNS_PORT, WSAGetLastError() );
        closesocket( s );
        return;
    }
    thread = CreateThread( NULL, 0, name_server_thread, (void *)s, 0, NULL );
    check_query( "winelsp.test", L"winelsp.test" );
    closesocket( s );
    ok( !WaitForSingleObject( thread, 10000 ), "The server does not end.\n" );
    CloseHandle( thread );
    if (!kind) return;
    lines = read_trace();
    expect_line( lines, "WSPSendTo ", "-> 46 bytes" );    /* header 12, name 14, type and class 4, answer 16 */
    free( lines );
}

START_TEST(stack_dnsapi)
{
    run_kinds( "stack_dnsapi", check_dns );
}
