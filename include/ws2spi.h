/*
 * Winsock 2 service provider interface
 *
 * What a transport service provider needs: the types that cross the boundary between ws2_32 and
 * a provider, the two function tables, and the functions that administer the catalog.
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

#ifndef _WINSOCK2SPI_
#define _WINSOCK2SPI_

#ifndef _WINSOCK2API_
#include <winsock2.h>
#endif

/* The Windows header packs by 4 on 32-bit targets only. */
#ifndef _WIN64
#include <pshpack4.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define WSPAPI WINAPI
#define WSPDESCRIPTION_LEN 255

#define WSS_OPERATION_IN_PROGRESS 0x00000103L

/* Categories of a layered provider: WSCSetProviderInfo, WSCSetApplicationCategory. */
#define LSP_SYSTEM          0x80000000
#define LSP_INSPECTOR       0x00000001
#define LSP_REDIRECTOR      0x00000002
#define LSP_PROXY           0x00000004
#define LSP_FIREWALL        0x00000008
#define LSP_INBOUND_MODIFY  0x00000010
#define LSP_OUTBOUND_MODIFY 0x00000020
#define LSP_CRYPTO_COMPRESS 0x00000040
#define LSP_LOCAL_CACHE     0x00000080

typedef struct WSPData
{
    WORD wVersion;
    WORD wHighVersion;
    WCHAR szDescription[WSPDESCRIPTION_LEN + 1];
} WSPDATA, *LPWSPDATA;

/* A thread, as overlapped calls name it. Opaque to providers, which copy it by value. */
typedef struct _WSATHREADID
{
    HANDLE ThreadHandle;
    DWORD_PTR Reserved;
} WSATHREADID, *LPWSATHREADID;

typedef enum _WSC_PROVIDER_INFO_TYPE
{
    ProviderInfoLspCategories,
    ProviderInfoAudit,
} WSC_PROVIDER_INFO_TYPE;

/* A name-space provider, as the Ex functions give it. Windows has them in winsock2.h, Wine's lacks them (8.0). */
typedef struct _WSANAMESPACE_INFOEXA
{
    GUID NSProviderId;
    DWORD dwNameSpace;
    BOOL fActive;
    DWORD dwVersion;
    LPSTR lpszIdentifier;
    BLOB ProviderSpecific;
} WSANAMESPACE_INFOEXA, *PWSANAMESPACE_INFOEXA, *LPWSANAMESPACE_INFOEXA;

typedef struct _WSANAMESPACE_INFOEXW
{
    GUID NSProviderId;
    DWORD dwNameSpace;
    BOOL fActive;
    DWORD dwVersion;
    LPWSTR lpszIdentifier;
    BLOB ProviderSpecific;
} WSANAMESPACE_INFOEXW, *PWSANAMESPACE_INFOEXW, *LPWSANAMESPACE_INFOEXW;

/* What a name-space provider of the second version is asked for; also in Windows' winsock2.h only. */
typedef struct _WSAQUERYSET2W
{
    DWORD dwSize;
    LPWSTR lpszServiceInstanceName;
    LPWSAVERSION lpVersion;
    LPWSTR lpszComment;
    DWORD dwNameSpace;
    LPGUID lpNSProviderId;
    LPWSTR lpszContext;
    DWORD dwNumberOfProtocols;
    LPAFPROTOCOLS lpafpProtocols;
    LPWSTR lpszQueryString;
    DWORD dwNumberOfCsAddrs;
    LPCSADDR_INFO lpcsaBuffer;
    DWORD dwOutputFlags;
    LPBLOB lpBlob;
} WSAQUERYSET2W, *PWSAQUERYSET2W, *LPWSAQUERYSET2W;

typedef BOOL (CALLBACK *LPBLOCKINGCALLBACK)(DWORD_PTR context);
typedef void (CALLBACK *LPWSAUSERAPC)(DWORD_PTR context);

/* The functions of a provider. All are called through WSPPROC_TABLE. */
typedef SOCKET (WSPAPI *LPWSPACCEPT)(SOCKET,struct sockaddr *,LPINT,LPCONDITIONPROC,DWORD_PTR,LPINT);
typedef INT  (WSPAPI *LPWSPADDRESSTOSTRING)(LPSOCKADDR,DWORD,LPWSAPROTOCOL_INFOW,LPWSTR,LPDWORD,LPINT);
typedef int  (WSPAPI *LPWSPASYNCSELECT)(SOCKET,HWND,unsigned int,LONG,LPINT);
typedef int  (WSPAPI *LPWSPBIND)(SOCKET,const struct sockaddr *,int,LPINT);
typedef int  (WSPAPI *LPWSPCANCELBLOCKINGCALL)(LPINT);
typedef int  (WSPAPI *LPWSPCLEANUP)(LPINT);
typedef int  (WSPAPI *LPWSPCLOSESOCKET)(SOCKET,LPINT);
typedef int  (WSPAPI *LPWSPCONNECT)(SOCKET,const struct sockaddr *,int,LPWSABUF,LPWSABUF,LPQOS,LPQOS,LPINT);
typedef int  (WSPAPI *LPWSPDUPLICATESOCKET)(SOCKET,DWORD,LPWSAPROTOCOL_INFOW,LPINT);
typedef int  (WSPAPI *LPWSPENUMNETWORKEVENTS)(SOCKET,WSAEVENT,LPWSANETWORKEVENTS,LPINT);
typedef int  (WSPAPI *LPWSPEVENTSELECT)(SOCKET,WSAEVENT,LONG,LPINT);
typedef BOOL (WSPAPI *LPWSPGETOVERLAPPEDRESULT)(SOCKET,LPWSAOVERLAPPED,LPDWORD,BOOL,LPDWORD,LPINT);
typedef int  (WSPAPI *LPWSPGETPEERNAME)(SOCKET,struct sockaddr *,LPINT,LPINT);
typedef int  (WSPAPI *LPWSPGETSOCKNAME)(SOCKET,struct sockaddr *,LPINT,LPINT);
typedef int  (WSPAPI *LPWSPGETSOCKOPT)(SOCKET,int,int,char *,LPINT,LPINT);
typedef BOOL (WSPAPI *LPWSPGETQOSBYNAME)(SOCKET,LPWSABUF,LPQOS,LPINT);
typedef int  (WSPAPI *LPWSPIOCTL)(SOCKET,DWORD,LPVOID,DWORD,LPVOID,DWORD,LPDWORD,LPWSAOVERLAPPED,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE,LPWSATHREADID,LPINT);
typedef SOCKET (WSPAPI *LPWSPJOINLEAF)(SOCKET,const struct sockaddr *,int,LPWSABUF,LPWSABUF,LPQOS,LPQOS,
                                       DWORD,LPINT);
typedef int  (WSPAPI *LPWSPLISTEN)(SOCKET,int,LPINT);
typedef int  (WSPAPI *LPWSPRECV)(SOCKET,LPWSABUF,DWORD,LPDWORD,LPDWORD,LPWSAOVERLAPPED,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE,LPWSATHREADID,LPINT);
typedef int  (WSPAPI *LPWSPRECVDISCONNECT)(SOCKET,LPWSABUF,LPINT);
typedef int  (WSPAPI *LPWSPRECVFROM)(SOCKET,LPWSABUF,DWORD,LPDWORD,LPDWORD,struct sockaddr *,LPINT,
                                     LPWSAOVERLAPPED,LPWSAOVERLAPPED_COMPLETION_ROUTINE,LPWSATHREADID,LPINT);
typedef int  (WSPAPI *LPWSPSELECT)(int,fd_set *,fd_set *,fd_set *,const struct timeval *,LPINT);
typedef int  (WSPAPI *LPWSPSEND)(SOCKET,LPWSABUF,DWORD,LPDWORD,DWORD,LPWSAOVERLAPPED,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE,LPWSATHREADID,LPINT);
typedef int  (WSPAPI *LPWSPSENDDISCONNECT)(SOCKET,LPWSABUF,LPINT);
typedef int  (WSPAPI *LPWSPSENDTO)(SOCKET,LPWSABUF,DWORD,LPDWORD,DWORD,const struct sockaddr *,int,
                                   LPWSAOVERLAPPED,LPWSAOVERLAPPED_COMPLETION_ROUTINE,LPWSATHREADID,LPINT);
typedef int  (WSPAPI *LPWSPSETSOCKOPT)(SOCKET,int,int,const char *,int,LPINT);
typedef int  (WSPAPI *LPWSPSHUTDOWN)(SOCKET,int,LPINT);
typedef SOCKET (WSPAPI *LPWSPSOCKET)(int,int,int,LPWSAPROTOCOL_INFOW,GROUP,DWORD,LPINT);
typedef INT  (WSPAPI *LPWSPSTRINGTOADDRESS)(LPWSTR,INT,LPWSAPROTOCOL_INFOW,LPSOCKADDR,LPINT,LPINT);

typedef struct _WSPPROC_TABLE
{
    LPWSPACCEPT lpWSPAccept;
    LPWSPADDRESSTOSTRING lpWSPAddressToString;
    LPWSPASYNCSELECT lpWSPAsyncSelect;
    LPWSPBIND lpWSPBind;
    LPWSPCANCELBLOCKINGCALL lpWSPCancelBlockingCall;
    LPWSPCLEANUP lpWSPCleanup;
    LPWSPCLOSESOCKET lpWSPCloseSocket;
    LPWSPCONNECT lpWSPConnect;
    LPWSPDUPLICATESOCKET lpWSPDuplicateSocket;
    LPWSPENUMNETWORKEVENTS lpWSPEnumNetworkEvents;
    LPWSPEVENTSELECT lpWSPEventSelect;
    LPWSPGETOVERLAPPEDRESULT lpWSPGetOverlappedResult;
    LPWSPGETPEERNAME lpWSPGetPeerName;
    LPWSPGETSOCKNAME lpWSPGetSockName;
    LPWSPGETSOCKOPT lpWSPGetSockOpt;
    LPWSPGETQOSBYNAME lpWSPGetQOSByName;
    LPWSPIOCTL lpWSPIoctl;
    LPWSPJOINLEAF lpWSPJoinLeaf;
    LPWSPLISTEN lpWSPListen;
    LPWSPRECV lpWSPRecv;
    LPWSPRECVDISCONNECT lpWSPRecvDisconnect;
    LPWSPRECVFROM lpWSPRecvFrom;
    LPWSPSELECT lpWSPSelect;
    LPWSPSEND lpWSPSend;
    LPWSPSENDDISCONNECT lpWSPSendDisconnect;
    LPWSPSENDTO lpWSPSendTo;
    LPWSPSETSOCKOPT lpWSPSetSockOpt;
    LPWSPSHUTDOWN lpWSPShutdown;
    LPWSPSOCKET lpWSPSocket;
    LPWSPSTRINGTOADDRESS lpWSPStringToAddress;
} WSPPROC_TABLE, *LPWSPPROC_TABLE;

/* The upcalls: what ws2_32 does for a provider. A failure puts its code into the INT; success leaves it. */
typedef BOOL (WSPAPI *LPWPUCLOSEEVENT)(WSAEVENT,LPINT);
typedef int  (WSPAPI *LPWPUCLOSESOCKETHANDLE)(SOCKET,LPINT);
typedef WSAEVENT (WSPAPI *LPWPUCREATEEVENT)(LPINT);
typedef SOCKET (WSPAPI *LPWPUCREATESOCKETHANDLE)(DWORD,DWORD_PTR,LPINT);
typedef int  (WSPAPI *LPWPUFDISSET)(SOCKET,fd_set *);
typedef int  (WSPAPI *LPWPUGETPROVIDERPATH)(LPGUID,WCHAR *,LPINT,LPINT);
typedef SOCKET (WSPAPI *LPWPUMODIFYIFSHANDLE)(DWORD,SOCKET,LPINT);
typedef BOOL (WSPAPI *LPWPUPOSTMESSAGE)(HWND,UINT,WPARAM,LPARAM);
typedef int  (WSPAPI *LPWPUQUERYBLOCKINGCALLBACK)(DWORD,LPBLOCKINGCALLBACK *,PDWORD_PTR,LPINT);
typedef int  (WSPAPI *LPWPUQUERYSOCKETHANDLECONTEXT)(SOCKET,PDWORD_PTR,LPINT);
typedef int  (WSPAPI *LPWPUQUEUEAPC)(LPWSATHREADID,LPWSAUSERAPC,DWORD_PTR,LPINT);
typedef BOOL (WSPAPI *LPWPURESETEVENT)(WSAEVENT,LPINT);
typedef BOOL (WSPAPI *LPWPUSETEVENT)(WSAEVENT,LPINT);
typedef int  (WSPAPI *LPWPUOPENCURRENTTHREAD)(LPWSATHREADID,LPINT);
typedef int  (WSPAPI *LPWPUCLOSETHREAD)(LPWSATHREADID,LPINT);
typedef int  (WSPAPI *LPWPUCOMPLETEOVERLAPPEDREQUEST)(SOCKET,LPWSAOVERLAPPED,DWORD,DWORD,LPINT);

typedef struct _WSPUPCALLTABLE
{
    LPWPUCLOSEEVENT lpWPUCloseEvent;
    LPWPUCLOSESOCKETHANDLE lpWPUCloseSocketHandle;
    LPWPUCREATEEVENT lpWPUCreateEvent;
    LPWPUCREATESOCKETHANDLE lpWPUCreateSocketHandle;
    LPWPUFDISSET lpWPUFDIsSet;
    LPWPUGETPROVIDERPATH lpWPUGetProviderPath;
    LPWPUMODIFYIFSHANDLE lpWPUModifyIFSHandle;
    LPWPUPOSTMESSAGE lpWPUPostMessage;
    LPWPUQUERYBLOCKINGCALLBACK lpWPUQueryBlockingCallback;
    LPWPUQUERYSOCKETHANDLECONTEXT lpWPUQuerySocketHandleContext;
    LPWPUQUEUEAPC lpWPUQueueApc;
    LPWPURESETEVENT lpWPUResetEvent;
    LPWPUSETEVENT lpWPUSetEvent;
    LPWPUOPENCURRENTTHREAD lpWPUOpenCurrentThread;
    LPWPUCLOSETHREAD lpWPUCloseThread;
} WSPUPCALLTABLE, *LPWSPUPCALLTABLE;

/* What a provider exports. The upcall table is passed by value. */
typedef int (WSPAPI *LPWSPSTARTUP)(WORD,LPWSPDATA,LPWSAPROTOCOL_INFOW,WSPUPCALLTABLE,LPWSPPROC_TABLE);
int WSPAPI WSPStartup(WORD,LPWSPDATA,LPWSAPROTOCOL_INFOW,WSPUPCALLTABLE,LPWSPPROC_TABLE);

/* The one upcall that is an export of ws2_32. */
int WSPAPI WPUCompleteOverlappedRequest(SOCKET,LPWSAOVERLAPPED,DWORD,DWORD,LPINT);

/* The transport catalog. The functions whose names end in 32 act on the catalog of 32-bit
 * programs; they, and those that end in 64_32, are there in 64-bit programs only. */
int WSPAPI WSCEnumProtocols(LPINT,LPWSAPROTOCOL_INFOW,LPDWORD,LPINT);
int WSPAPI WSCGetProviderPath(LPGUID,WCHAR *,LPINT,LPINT);
int WSPAPI WSCGetProviderInfo(LPGUID,WSC_PROVIDER_INFO_TYPE,PBYTE,size_t *,DWORD,LPINT);
int WSPAPI WSCSetProviderInfo(LPGUID,WSC_PROVIDER_INFO_TYPE,PBYTE,size_t,DWORD,LPINT);
int WSPAPI WSCInstallProvider(LPGUID,const WCHAR *,const LPWSAPROTOCOL_INFOW,DWORD,LPINT);
int WSPAPI WSCInstallProviderAndChains(const LPGUID,const LPWSTR,const LPWSTR,DWORD,const LPWSAPROTOCOL_INFOW,
                                       DWORD,LPDWORD,LPINT);
int WSPAPI WSCUpdateProvider(LPGUID,const WCHAR *,const LPWSAPROTOCOL_INFOW,DWORD,LPINT);
int WSPAPI WSCDeinstallProvider(LPGUID,LPINT);
int WSPAPI WSCGetApplicationCategory(LPCWSTR,DWORD,LPCWSTR,DWORD,DWORD *,LPINT);
int WSPAPI WSCSetApplicationCategory(LPCWSTR,DWORD,LPCWSTR,DWORD,DWORD,DWORD *,LPINT);
#ifdef _WIN64
int WSPAPI WSCEnumProtocols32(LPINT,LPWSAPROTOCOL_INFOW,LPDWORD,LPINT);
int WSPAPI WSCGetProviderInfo32(LPGUID,WSC_PROVIDER_INFO_TYPE,PBYTE,size_t *,DWORD,LPINT);
int WSPAPI WSCGetProviderPath32(LPGUID,WCHAR *,LPINT,LPINT);
int WSPAPI WSCInstallProvider64_32(LPGUID,const WCHAR *,const LPWSAPROTOCOL_INFOW,DWORD,LPINT);
int WSPAPI WSCInstallProviderAndChains64_32(const LPGUID,const LPWSTR,const LPWSTR,const LPWSTR,DWORD,
                                            const LPWSAPROTOCOL_INFOW,DWORD,LPDWORD,LPINT);
int WSPAPI WSCSetProviderInfo32(LPGUID,WSC_PROVIDER_INFO_TYPE,PBYTE,size_t,DWORD,LPINT);
int WSPAPI WSCUpdateProvider32(LPGUID,const WCHAR *,const LPWSAPROTOCOL_INFOW,DWORD,LPINT);
int WSPAPI WSCDeinstallProvider32(LPGUID,LPINT);
#endif

/* The name-space catalog. These return 0 or SOCKET_ERROR, and set the last error. */
INT WSPAPI WSCInstallNameSpace(LPWSTR,LPWSTR,DWORD,DWORD,LPGUID);
INT WSPAPI WSCInstallNameSpaceEx(LPWSTR,LPWSTR,DWORD,DWORD,LPGUID,LPBLOB);
INT WSPAPI WSCUnInstallNameSpace(LPGUID);
INT WSPAPI WSCEnableNSProvider(LPGUID,BOOL);
#ifdef _WIN64
INT WSPAPI WSCInstallNameSpace32(LPWSTR,LPWSTR,DWORD,DWORD,LPGUID);
INT WSPAPI WSCInstallNameSpaceEx32(LPWSTR,LPWSTR,DWORD,DWORD,LPGUID,LPBLOB);
INT WSPAPI WSCUnInstallNameSpace32(LPGUID);
INT WSPAPI WSCEnableNSProvider32(LPGUID,BOOL);
INT WSPAPI WSCEnumNameSpaceProviders32(LPDWORD,LPWSANAMESPACE_INFOW);
INT WSPAPI WSCEnumNameSpaceProvidersEx32(LPDWORD,LPWSANAMESPACE_INFOEXW);
#endif

/* A name-space provider of the second version. */
typedef int (WSPAPI *LPNSPV2STARTUP)(LPGUID,LPVOID *);
typedef int (WSPAPI *LPNSPV2CLEANUP)(LPGUID,LPVOID);
typedef int (WSPAPI *LPNSPV2LOOKUPSERVICEBEGIN)(LPGUID,LPWSAQUERYSET2W,DWORD,LPVOID,LPHANDLE);
typedef int (WSPAPI *LPNSPV2LOOKUPSERVICENEXTEX)(HANDLE,HANDLE,DWORD,LPDWORD,LPWSAQUERYSET2W);
typedef int (WSPAPI *LPNSPV2LOOKUPSERVICEEND)(HANDLE);
typedef int (WSPAPI *LPNSPV2SETSERVICEEX)(HANDLE,LPGUID,LPWSAQUERYSET2W,WSAESETSERVICEOP,DWORD,LPVOID);
typedef int (WSPAPI *LPNSPV2CLIENTSESSIONRUNDOWN)(LPGUID,LPVOID);

typedef struct _NSPV2_ROUTINE
{
    DWORD cbSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    LPNSPV2STARTUP NSPv2Startup;
    LPNSPV2CLEANUP NSPv2Cleanup;
    LPNSPV2LOOKUPSERVICEBEGIN NSPv2LookupServiceBegin;
    LPNSPV2LOOKUPSERVICENEXTEX NSPv2LookupServiceNextEx;
    LPNSPV2LOOKUPSERVICEEND NSPv2LookupServiceEnd;
    LPNSPV2SETSERVICEEX NSPv2SetServiceEx;
    LPNSPV2CLIENTSESSIONRUNDOWN NSPv2ClientSessionRundown;
} NSPV2_ROUTINE, *PNSPV2_ROUTINE, *LPCNSPV2_ROUTINE;

INT WSPAPI WSAAdvertiseProvider(const GUID *,const LPCNSPV2_ROUTINE *);
INT WSPAPI WSAUnadvertiseProvider(const GUID *);
INT WSPAPI WSAProviderCompleteAsyncCall(HANDLE,INT);

/* These enumerate it; Windows declares the two in winsock2.h, which Wine's lacks. */
INT WSPAPI WSAEnumNameSpaceProvidersExA(LPDWORD,LPWSANAMESPACE_INFOEXA);
INT WSPAPI WSAEnumNameSpaceProvidersExW(LPDWORD,LPWSANAMESPACE_INFOEXW);
#define WSCEnumNameSpaceProviders WSAEnumNameSpaceProvidersW
#define WSCEnumNameSpaceProvidersEx WSAEnumNameSpaceProvidersExW

#ifdef __cplusplus
}
#endif

#ifndef _WIN64
#include <poppack.h>
#endif

#endif /* _WINSOCK2SPI_ */
