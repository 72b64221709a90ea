/*
 * Transport catalog: the base entries
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

#include "ws2_32_private.h"
#include "wsipx.h"

#define STREAM_FLAGS   (XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER | XP1_GRACEFUL_CLOSE | \
                        XP1_EXPEDITED_DATA | XP1_IFS_HANDLES)
#define DATAGRAM_FLAGS (XP1_CONNECTIONLESS | XP1_MESSAGE_ORIENTED | XP1_SUPPORT_BROADCAST | \
                        XP1_SUPPORT_MULTIPOINT)
#define SPX_FLAGS      (XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER | XP1_MESSAGE_ORIENTED | \
                        XP1_PSEUDO_STREAM | XP1_IFS_HANDLES)

struct base_provider
{
    GUID id;
    int family;
    int min_sockaddr;
    int max_sockaddr;
};

static const struct base_provider
    ipv4 = {{0xe70f1aa0, 0xab8b, 0x11cf, {0x8c, 0xa3, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}},
            AF_INET, sizeof(struct sockaddr_in), sizeof(struct sockaddr_in)},
    ipv6 = {{0xf9eab0c0, 0x26d4, 0x11d0, {0xbb, 0xbf, 0x00, 0xaa, 0x00, 0x6c, 0x34, 0xe4}},
            AF_INET6, sizeof(struct sockaddr_in6), sizeof(struct sockaddr_in6)},
    ipx  = {{0x11058240, 0xbe47, 0x11cf, {0x95, 0xc8, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}},
            AF_IPX, sizeof(struct sockaddr_ipx), sizeof(struct sockaddr)},
    spx  = {{0x11058241, 0xbe47, 0x11cf, {0x95, 0xc8, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}},
            AF_IPX, sizeof(struct sockaddr_ipx), sizeof(struct sockaddr)};

/* Names and ids are Windows', which installers look for (§14.1). The rest is what Wine 8.0 answers. */
static const struct base_entry
{
    DWORD id;
    const WCHAR *name;
    const struct base_provider *provider;
    int type;
    int protocol;
    int max_offset;
    DWORD message_size;
    DWORD service_flags;
    DWORD extra_provider_flags;
}
base_entries[] =
{
    {1001, L"MSAFD Tcpip [TCP/IP]", &ipv4, SOCK_STREAM, IPPROTO_TCP, 0, 0, STREAM_FLAGS, 0},
    {1002, L"MSAFD Tcpip [UDP/IP]", &ipv4, SOCK_DGRAM, IPPROTO_UDP, 0, 65467, DATAGRAM_FLAGS | XP1_IFS_HANDLES, 0},
    {1003, L"MSAFD Tcpip [RAW/IP]", &ipv4, SOCK_RAW, 0, 255, 32768, DATAGRAM_FLAGS | XP1_IFS_HANDLES, PFL_HIDDEN},
    {1004, L"MSAFD Tcpip [TCP/IPv6]", &ipv6, SOCK_STREAM, IPPROTO_TCP, 0, 0, STREAM_FLAGS, 0},
    {1005, L"MSAFD Tcpip [UDP/IPv6]", &ipv6, SOCK_DGRAM, IPPROTO_UDP, 0, 65467, DATAGRAM_FLAGS | XP1_IFS_HANDLES, 0},
    {1006, L"MSAFD Tcpip [RAW/IPv6]", &ipv6, SOCK_RAW, 0, 255, 32768, DATAGRAM_FLAGS | XP1_IFS_HANDLES, PFL_HIDDEN},
    {1030, L"MSAFD nwlnkipx [IPX]", &ipx, SOCK_DGRAM, NSPROTO_IPX, 255, 576, DATAGRAM_FLAGS | XP1_PARTIAL_MESSAGE, 0},
    {1031, L"MSAFD nwlnkspx [SPX]", &spx, SOCK_SEQPACKET, NSPROTO_SPX, 0, ~0u, SPX_FLAGS, 0},
    {1033, L"MSAFD nwlnkspx [SPX II]", &spx, SOCK_SEQPACKET, NSPROTO_SPXII, 0, ~0u, SPX_FLAGS | XP1_GRACEFUL_CLOSE, 0},
};

static void fill_entry( const struct base_entry *base, struct catalog_entry *entry )
{
    WSAPROTOCOL_INFOW *info = &entry->info;

    memset( entry, 0, sizeof(*entry) );
    info->dwServiceFlags1 = base->service_flags;
    info->dwProviderFlags = PFL_MATCHES_PROTOCOL_ZERO | base->extra_provider_flags;
    info->ProviderId = base->provider->id;
    info->dwCatalogEntryId = base->id;
    info->ProtocolChain.ChainLen = BASE_PROTOCOL;
    info->iVersion = 2;
    info->iAddressFamily = base->provider->family;
    info->iMaxSockAddr = base->provider->max_sockaddr;
    info->iMinSockAddr = base->provider->min_sockaddr;
    info->iSocketType = base->type;
    info->iProtocol = base->protocol;
    info->iProtocolMaxOffset = base->max_offset;
    info->iNetworkByteOrder = BIGENDIAN;
    info->iSecurityScheme = SECURITY_PROTOCOL_NONE;
    info->dwMessageSize = base->message_size;
    wcscpy( info->szProtocol, base->name );
    wcscpy( entry->path, L"%SystemRoot%\\system32\\mswsock.dll" );
}

BOOL catalog_get_base_entry( unsigned int index, struct catalog_entry *entry )
{
    if (index >= ARRAY_SIZE(base_entries)) return FALSE;
    fill_entry( &base_entries[index], entry );
    return TRUE;
}
